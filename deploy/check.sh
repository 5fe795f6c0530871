#!/usr/bin/env bash
# The one command before "done": every linter, then every test.
#
#   deploy/check.sh         all of it
#   deploy/check.sh lint    all but the tests
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One line for what passes; for what does not, its words and then its name.
step() {
    local name=$1 words
    shift
    if words=$("$@" 2>&1); then
        printf 'ok    %s\n' "$name"
    else
        printf '%s\nFAIL  %s\n' "$words" "$name" >&2
        exit 1
    fi
}

case "${1:-}" in
    "" | lint) ;;
    *)
        printf 'usage: deploy/check.sh [lint]\n' >&2
        exit 2
        ;;
esac

step "dependencies" uv sync
step "ruff format" uv run --no-sync ruff format --check
step "ruff check" uv run --no-sync ruff check
step "mypy" uv run --no-sync mypy
step "lint-imports" uv run --no-sync lint-imports
step "shellcheck" uv run --no-sync shellcheck deploy/check.sh .ci/run
step "yamllint" uv run --no-sync yamllint --strict \
    deploy .pre-commit-config.yaml .yamllint.yaml
step "requirements.txt" uv run --no-sync python -m tests.meta.requirements
step "derived files" uv run --no-sync python -m tests.meta.readme

if [[ "${1:-}" != lint ]]; then
    if ! uv run --no-sync pytest; then
        printf 'FAIL  tests\n' >&2
        exit 1
    fi
    printf 'ok    tests\n'
fi
