"""Work that must not be lost: see docs/architecture.md, "Delivery".

`outbox.enqueue` writes a Job in the caller's transaction; `runner.job`
registers the function that does a kind of job.
"""
