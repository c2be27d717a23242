"""What an API token may be limited to. A token never exceeds its user's roles."""

SCOPES: dict[str, str] = {
    "articles:read": "read articles, their sentences and claims",
    "articles:write": "submit, revise and withdraw articles",
    "claims:read": "read claims",
    "claims:write": "edit, select, dismiss, split and merge claims",
    "reviews:read": "read reviews, verdicts and history",
    "reviews:write": "take reviews, draft and submit verdicts, approve",
    "reports:publish": "publish, correct and retract reports",
    "exports:create": "build exports",
    "webhooks:manage": "manage webhook endpoints",
    "admin": "manage accounts, scales and tokens of others",
}
