#!/usr/bin/env bash
# Data that are no data, that change or vanish, or whose names are no text: a clear error or handled, nothing lost or left.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
start_project churn
cd churn || exit 1
run=(timeout 120 "$MLP")

# nothing_left: no draft stays, the store is whole
nothing_left() {
  [ -z "$(find .git/mlp/tmp -type f 2> /dev/null)" ] || fail "left behind: $(find .git/mlp/tmp -type f)"
  [ -z "$(find . -name '*.draft' 2> /dev/null)" ] || fail "left behind: $(find . -name '*.draft' 2> /dev/null)"
  expect_exit 0 "$MLP" fsck
}
tip() { git rev-parse -q --verify mlp-ledger || true; }

# expect_refusal PATH STATUS TEXT: every command that reads PATH fails so, and records nothing
expect_refusal() {
  local before command
  before=$(tip)
  for command in "data add" "data show" "data validate" "data checkout"; do
    # shellcheck disable=SC2086 # the command's words
    expect_exit "$2" "${run[@]}" $command "$1"
    expect_err "$3"
    expect_err "hint: "
    expect_no_out
  done
  expect_exit "$2" "${run[@]}" data diff "$1" data/churn.csv
  expect_err "$3"
  sed -i.saved "s|^  path: .*|  path: $1|" mlp.yaml
  expect_exit "$2" "${run[@]}" train
  expect_err "$3"
  mv mlp.yaml.saved mlp.yaml
  expect_equal "$before" "$(tip)"
  [ ! -e "$1.mlp" ] || fail "'$1' has a pointer"
}

mkfifo pipe.csv
expect_refusal pipe.csv 3 "neither a file nor a folder"
expect_refusal /dev/zero 3 "neither a file nor a folder"
expect_refusal /dev/stdin 3 "neither a file nor a folder" < <(printf 'x,y\n1,2\n')
ln -s nowhere broken.csv
expect_refusal broken.csv 3 "'broken.csv': it is a link to 'nowhere', which does not exist"
mkdir none dots pipes links
touch dots/.hidden
expect_refusal none 3 "the folder 'none' holds no data files"
expect_refusal dots 3 "the folder 'dots' holds no data files"
mkfifo pipes/a.csv
expect_refusal pipes 3 "'a.csv' is neither a file nor a folder"
ln -s ../data/churn.csv links/a.csv
expect_refusal links 3 "'a.csv' is a link"

# expect_unreadable FILE TEXT: as above, but what no version has cannot be checked out
expect_unreadable() {
  local before
  before=$(tip)
  for command in "data add" "data show" "data validate"; do
    # shellcheck disable=SC2086 # the command's words
    expect_exit 3 "${run[@]}" $command "$1"
    expect_err "$2"
    expect_err "hint: "
    expect_no_out
  done
  expect_exit 3 "${run[@]}" data checkout "$1"
  expect_equal "$before" "$(tip)"
}
: > empty.csv
expect_unreadable empty.csv "'empty.csv': the file is empty"
printf '\n\n' > blank.csv
expect_unreadable blank.csv "'blank.csv': it holds nothing but blank lines"
head -c 100000 /dev/zero > zeros.csv
expect_unreadable zeros.csv "zeros.csv:1: a NUL byte is no text"
head -c 5000000 /dev/zero | tr '\0' x > name.csv
expect_unreadable name.csv "name.csv:1: the name of column 1 has 5000000 bytes, more than 4096"
{ echo 'a,b' && printf '1,"' && head -c 5000000 /dev/zero | tr '\0' x; } > open.csv
expect_unreadable open.csv "open.csv:2: the quote that opens field 2 is never closed"

# only a header: a version without rows, but nothing to learn from
head -n 1 data/churn.csv > header.csv
expect_exit 0 "${run[@]}" data add header.csv
expect_out "0 rows × 20 columns"
expect_exit 0 "${run[@]}" data show header.csv
sed -i.saved "s|^  path: .*|  path: header.csv|" mlp.yaml
expect_exit 3 "${run[@]}" train
expect_err "none of 0 rows has a target"
mv mlp.yaml.saved mlp.yaml
nothing_left

# a link to a file is that file; its pointer lies where the link does
ln -s data/churn.csv link.csv
expect_exit 0 "${run[@]}" data add link.csv
expect_out "pointer   link.csv.mlp"
[ -f link.csv.mlp ] || fail "no pointer beside the link"

# names that are no clean text: printed on one line, without their control characters; valid JSON; refused as a record's
# path, kept as they are below a folder that is added
name=$'new\nline\e[31m.csv'
cp data/churn.csv "$name"
for command in "data add" "data show" "data validate" "data checkout"; do
  # shellcheck disable=SC2086 # the command's words
  expect_exit 0 "${run[@]}" $command "$name"
  cat "$scratch/out" "$scratch/err" > "$scratch/both"
  grep -q $'\e' "$scratch/both" && fail "'$command' prints a control character"
  grep -qF 'new\nline' "$scratch/both" || fail "'$command' does not name the data on one line"
  # shellcheck disable=SC2086
  expect_exit 0 "${run[@]}" $command "$name" --json
  expect_equal 1 "$(wc -l < "$scratch/out")"
done
expect_exit 0 "${run[@]}" data list
expect_out 'new\nline\x1b[31m.csv'
expect_exit 3 "${run[@]}" data show "$name.not"
expect_equal 2 "$(wc -l < "$scratch/err")"
if cp data/churn.csv $'b\xff.csv' 2> /dev/null; then # some file systems want UTF-8
  expect_exit 3 "${run[@]}" data add $'b\xff.csv'
  expect_err "it is not UTF-8"
  mkdir names && cp data/churn.csv $'names/b\xff.csv' && cp data/churn.csv $'names/c\nd.csv'
  expect_exit 0 "${run[@]}" data add names
  expect_exit 0 "${run[@]}" data checkout names --to again
  cmp $'names/b\xff.csv' $'again/b\xff.csv' || fail "a name was changed"
  cmp $'names/c\nd.csv' $'again/c\nd.csv' || fail "a name was changed"
  expect_exit 0 "${run[@]}" data show names --json
  rm -r names again $'b\xff.csv'
fi

# long names and deep folders
long=$(printf 'n%.0s' $(seq 247)).csv # with .mlp 255 bytes, the most
cp data/churn.csv "$long"
expect_exit 0 "${run[@]}" data add "$long"
[ -f "$long.mlp" ] || fail "no pointer beside a long name"
cp data/churn.csv "long$long"
before=$(tip)
expect_exit 3 "${run[@]}" data add "long$long"
expect_err "has 259 bytes, more than 255"
expect_equal "$before" "$(tip)"
expect_exit 0 "${run[@]}" data checkout "$long" --to "long$long"
expect_exit 5 "${run[@]}" data show "$(printf 'n%.0s' $(seq 300))"
expect_err "File name too long"
deep=deep$(printf '/d%.0s' $(seq 200))
mkdir -p "$deep" && cp data/churn.csv "$deep/a.csv"
expect_exit 0 "${run[@]}" data add deep
expect_exit 0 "${run[@]}" data checkout deep --to deep-again
cmp "$deep/a.csv" "deep-again${deep#deep}/a.csv" || fail "a deep file is not as it was"
nothing_left

# 10,000 columns, with a finding in each: recorded, the findings as far as a record has room
awk 'BEGIN { for (r = 0; r < 60; ++r) { printf r ? (r % 2 ? "Yes" : "No") : "churn"
  for (i = 1; i < 10000; ++i) { printf r ? "," r * 7919 % 1000 : ",c" i }; print "" } }' > wide.csv
expect_exit 0 "${run[@]}" data add wide.csv
expect_out "59 rows × 10000 columns"
expect_err "more warnings"
expect_exit 0 "${run[@]}" data show wide.csv
expect_out "more findings were not recorded"
sed -i.saved -e "s|^  path: .*|  path: wide.csv|" -e '/protected/d' -e '/female/d' -e '/senior_citizen/d' mlp.yaml
expect_exit 0 "${run[@]}" train
mv mlp.yaml.saved mlp.yaml

# a field of 100 MB, in and out of the store
{ echo 'a,b' && printf '1,' && head -c 100000000 /dev/zero | tr '\0' x && echo; } > field.csv
expect_exit 0 "${run[@]}" data add field.csv
expect_exit 0 "${run[@]}" data show field.csv
[ "$(wc -c < "$scratch/out")" -lt 10000 ] || fail "the whole field is shown"
mv field.csv kept.csv
expect_exit 0 "${run[@]}" data checkout field
cmp field.csv kept.csv || fail "a large field is not as it was"
rm kept.csv
nothing_left

# files that change, vanish or come while they are read: a version of what was there at one time, or an error
mkdir busy
for i in $(seq 50); do cp data/churn.csv "busy/$i.csv"; done
(
  i=0
  while [ ! -e stop ]; do
    i=$((i % 50 + 1))
    rm -f "busy/$i.csv"
    cp data/churn.csv "busy/$i.csv"
    echo "$RANDOM" >> "busy/$i.csv" # a row that is no row
    cp data/churn.csv "busy/$i.csv"
  done
) 2> /dev/null &
writer=$!
for _ in 1 2 3 4 5; do
  status=0
  "${run[@]}" data add busy > "$scratch/out" 2> "$scratch/err" || status=$?
  [ "$status" -eq 0 ] || [ "$status" -eq 3 ] || fail "ended with $status: $(cat "$scratch/err")"
  [ "$status" -eq 0 ] || expect_err "busy"
done
touch stop
wait "$writer"
expect_exit 0 "${run[@]}" data add busy
nothing_left

# what may not be read: who may read everything cannot be told so
mkdir locked mixed
cp data/churn.csv locked/a.csv
cp data/churn.csv mixed/a.csv && cp data/churn.csv mixed/b.csv && mkdir mixed/in
cp data/churn.csv secret.csv
chmod 000 locked mixed/b.csv secret.csv
if [ "$(id -u)" -ne 0 ]; then
  expect_refusal secret.csv 5 "Permission denied"
  expect_refusal mixed 5 "mixed/b.csv': Permission denied"
  expect_refusal locked 5 "cannot read the folder 'locked': Permission denied"
  chmod 000 mixed/in
  expect_refusal mixed 5 "cannot read the folder 'mixed/in': Permission denied"
  nothing_left
fi
chmod 755 locked mixed/in
chmod 644 mixed/b.csv secret.csv
