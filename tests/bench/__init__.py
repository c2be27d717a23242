"""Speed as ratios to bare baselines, measured in the same run, ours and theirs in turn."""
