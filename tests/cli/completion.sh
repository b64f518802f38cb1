#!/usr/bin/env bash
# The completion scripts load in their shells, and bash completes commands, options and choices.
. "$(dirname "$0")/environment.sh"

# complete_with WORD…: what bash offers for the last word.
complete_with() {
  bash --norc -c '
    source <("$0" completion bash) || exit 1
    COMP_WORDS=(mlp "$@") COMP_CWORD=$# COMPREPLY=()
    _mlp
    printf "%s\n" "${COMPREPLY[@]}"' "$MLP" "$@"
}
offers() {
  local wanted=$1
  shift
  complete_with "$@" | grep -xF -- "$wanted" > /dev/null || fail "'mlp $*' does not offer '$wanted' but: $(complete_with "$@")"
}

bash --norc -c 'source <("$0" completion bash); complete -p mlp' "$MLP" | grep -- "-F _mlp mlp" > /dev/null || fail "not registered"
offers completion compl
offers --version --v
offers bash completion ba
offers fish -C /tmp completion fi
offers --json completion --j
offers always version --color al
offers always version --color = al
touch some-file
[ -z "$(complete_with som)" ] || fail "a file is offered where a command must stand"

for shell in zsh fish; do
  command -v $shell > /dev/null || continue
  mlp completion $shell > script && $shell -n script || fail "$shell does not read its completion script"
done
