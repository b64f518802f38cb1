// Moves the threshold of the explorer: what a binary model would call positive, in all and by group.
(() => {
  const data = JSON.parse(document.getElementById("thresholds").textContent);
  const slider = document.getElementById("threshold");
  const whole = new Intl.NumberFormat("en-US");
  const share = (part, all) => (all > 0 ? (100 * part / all).toFixed(1) + "%" : "–");
  const put = (id, text) => { const place = document.getElementById(id); if (place) place.textContent = text; };
  const show = () => {
    const step = Number(slider.value);
    const all = data.groups[0];
    const n = all.positives + all.negatives;
    const tp = all.tp[step], fp = all.fp[step];
    const fn = all.positives - tp, tn = all.negatives - fp;
    put("threshold-value", (step / data.steps).toFixed(2));
    put("tp", whole.format(tp)); put("fp", whole.format(fp));
    put("fn", whole.format(fn)); put("tn", whole.format(tn));
    put("precision", share(tp, tp + fp)); put("recall", share(tp, all.positives));
    put("fpr", share(fp, all.negatives)); put("selected", share(tp + fp, n));
    if (all.value_per_1000) put("value", whole.format(Math.round(all.value_per_1000[step])));
    data.groups.slice(1).forEach((group, i) => {
      const called = group.tp[step] + group.fp[step], rows = group.positives + group.negatives;
      put("selected-" + i, share(called, rows));
      put("recall-" + i, share(group.tp[step], group.positives));
      put("fpr-" + i, share(group.fp[step], group.negatives));
      const bar = document.getElementById("bar-" + i);
      if (bar) bar.style.width = (rows > 0 ? 100 * called / rows : 0) + "%";
    });
  };
  slider.disabled = false;
  slider.addEventListener("input", show);
  show();
})();
