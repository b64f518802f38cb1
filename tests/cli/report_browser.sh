#!/usr/bin/env bash
# The page in a browser: its script runs under its own content policy, and moving the threshold moves the numbers.
# Skipped where there is no Chromium.
. "$(dirname "$0")/environment.sh"
. "$project/tests/cli/project.sh"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no chromium"

page_text() { # page_text FILE: the page after its scripts ran
  timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$scratch/profile" \
    --dump-dom "file://$PWD/$1" 2> "$scratch/browser.err" || fail "the browser failed: $(tail -n 5 "$scratch/browser.err")"
}
number() { sed -n "s/.*id=\"$1\"[^>]*>\([^<]*\)<.*/\1/p" <<< "$2" | head -n 1 | tr -d ,; }

start_project churn
cd churn || exit 1
expect_exit 0 "$MLP" train
expect_exit 0 "$MLP" eval --html page.html
page=$(page_text page.html)
sum=$(($(number tp "$page") + $(number fp "$page") + $(number fn "$page") + $(number tn "$page")))
[ "$sum" -gt 1000 ] || fail "the script did not run"
grep -q 'id="threshold"[^>]*disabled' <<< "$page" && fail "the slider stayed disabled"

# at threshold 0 every row is called positive
sed 's/\(id="threshold"[^>]*\) value="[0-9]*"/\1 value="0"/' page.html > zero.html
zero=$(page_text zero.html)
expect_equal "$(number fn "$zero")" 0
expect_equal "$(number tn "$zero")" 0
expect_equal "$(($(number tp "$zero") + $(number fp "$zero")))" "$sum"
expect_equal "$(number threshold-value "$zero")" 0.00

# on a phone the page itself does not scroll sideways, and what groups are judged by fits: only rows of data may be wider
cat > phone.html << 'END'
<iframe id="page" src="page.html" style="width: 375px; height: 800px; border: 0"></iframe><p id="widths"></p>
<script>
  document.getElementById("page").onload = (event) => {
    const inside = event.target.contentDocument;
    const beyond = [...inside.querySelectorAll(".wide")].filter((box) => box.scrollWidth > box.clientWidth + 12);
    document.getElementById("widths").textContent = inside.documentElement.scrollWidth + " " + beyond.length;
  };
</script>
END
phone=$(timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars \
  --allow-file-access-from-files --user-data-dir="$scratch/profile" --virtual-time-budget=5000 \
  --dump-dom "file://$PWD/phone.html" 2> "$scratch/browser.err") || fail "the browser failed"
read -r width beyond <<< "$(sed -n 's/.*id="widths">\([^<]*\)<.*/\1/p' <<< "$phone")"
[ "${width:-999}" -le 375 ] || fail "the page is $width wide on a phone of 375"
[ "${beyond:-9}" -le 1 ] || fail "$beyond tables are wider than a phone"
