# Sourced after environment.sh: a project on the churn table in ./churn, with a commit, in the working folder of the test.
churn_table=$project/examples/churn/churn.csv

# start_project DIR: an initialised, committed project with few rounds, so that training takes a moment.
start_project() {
  git init -q "$1"
  expect_exit 0 "$MLP" init "$1" --data "$churn_table" --target churn --positive Yes --protected female,senior_citizen
  sed -i 's/^  rounds: .*/  rounds: 10/' "$1/mlp.yaml"
  git -C "$1" add -A
  git -C "$1" commit -qm start
}

# fill_in_charter DIR: what the default policy asks for before production.
fill_in_charter() {
  sed -i -e '/^product:/,/^data:/ {
    s/^  question:.*/  question: Who will leave?/
    s/^  decision:.*/  decision: Call them./
    s/^  owner:.*/  owner: {name: Ana Ruiz, email: ana@example.org}/
  }' "$1/mlp.yaml"
  git -C "$1" commit -qam charter
}

# field NAME FILE: a text or number of the JSON document in FILE (its first one of that name).
field() { grep -o "\"$1\":\"\?[^\",}]*" "$2" | head -n 1 | sed "s/\"$1\":\"\?//"; }
