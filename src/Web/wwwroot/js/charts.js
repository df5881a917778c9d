// Draws every chart of the page from the data beside it. Tooltips are drawn on the canvas (richText),
// because html tooltips carry inline styles, which the content security policy forbids.

const language = document.documentElement.lang === "en" ? "en-GB" : "nb-NO";
const dayFormat = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const fill = tone => token(`--ds-color-${tone}-base-default`);
const tint = tone => token(`--ds-color-${tone}-surface-tinted`);
const text = () => token("--ds-color-neutral-text-default");
const subtle = () => token("--ds-color-neutral-border-subtle");
const day = iso => Date.parse(`${iso}T00:00:00Z`);
const DAY = 24 * 60 * 60 * 1000;

const options = { timeline, bars, funnel, scores };

function common() {
  return {
    animation: !still,
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    textStyle: { fontFamily: "Inter, sans-serif", color: text(), fontSize: 14 },
    legend: { top: 0, left: 0, textStyle: { color: text(), fontSize: 14 } },
    tooltip: { renderMode: "richText", confine: true },
  };
}

function timeline(data, host) {
  const lanes = data.lanes.map(lane => lane.label);
  const names = [...new Map(data.lanes.flatMap(lane => lane.stretches).map(s => [s.name, s.tone]))];
  host.style.height = `${lanes.length * 44 + 120}px`;
  return {
    ...common(),
    // A custom shape takes no pattern, so neither does its entry in the legend: each stretch is told by its lane and tooltip too.
    aria: { enabled: false },
    legend: { ...common().legend, data: names.map(([name]) => name) },
    grid: { top: 72, left: 8, right: 24, bottom: 8, containLabel: true },
    tooltip: { ...common().tooltip, formatter: p => p.data?.says },
    xAxis: { type: "time", min: day(data.from), max: day(data.to) + DAY, axisLabel: { fontSize: 13, hideOverlap: true, color: text() }, splitLine: { show: true, lineStyle: { color: subtle() } } },
    yAxis: { type: "category", inverse: true, data: lanes, axisLabel: { fontSize: 13, color: text(), width: host.clientWidth < 600 ? 90 : 180, overflow: "truncate" }, axisTick: { show: false } },
    series: names.map(([name, tone], index) => ({
      name,
      type: "custom",
      color: fill(tone),
      encode: { x: [1, 2], y: 0 },
      renderItem: stretchShape(tone),
      data: data.lanes.flatMap((lane, row) => lane.stretches.filter(s => s.name === name).map(s => ({
        value: [row, day(s.first), day(s.last) + DAY, s.planned ? 1 : 0],
        says: [s.name, `${dayFormat.format(day(s.first))} – ${dayFormat.format(day(s.last))}`, s.note].filter(Boolean).join("\n"),
      }))),
      markLine: index > 0 ? undefined : {
        symbol: "none",
        label: { formatter: "{b}", color: text(), position: "start" },
        lineStyle: { color: fill("danger"), type: "solid", width: 2 },
        data: data.marks.map(mark => ({ name: mark.label, xAxis: day(mark.day) })),
      },
    })),
  };
}

function stretchShape(tone) {
  return (params, api) => {
    const [x, y] = api.coord([api.value(1), api.value(0)]);
    const [end] = api.coord([api.value(2), api.value(0)]);
    const height = Math.min(24, api.size([0, 1])[1] * 0.6);
    const planned = api.value(3) === 1;
    const shape = echarts.graphic.clipRectByRect(
      { x, y: y - height / 2, width: Math.max(end - x, 2), height },
      { x: params.coordSys.x, y: params.coordSys.y, width: params.coordSys.width, height: params.coordSys.height });
    return shape && {
      type: "rect",
      shape: { ...shape, r: 3 },
      style: planned
        ? { fill: tint(tone), stroke: fill(tone), lineWidth: 1.5, lineDash: [4, 3] }
        : { fill: fill(tone), stroke: token("--ds-color-neutral-background-default"), lineWidth: 1 },
    };
  };
}

function bars(data, host) {
  host.style.height = `${data.categories.length * 44 + 110}px`;
  return {
    ...common(),
    grid: { top: 48, left: 8, right: 24, bottom: 8, containLabel: true },
    tooltip: { ...common().tooltip, trigger: "axis", axisPointer: { type: "shadow" } },
    xAxis: { type: "value", minInterval: 1, axisLabel: { fontSize: 13, color: text() }, splitLine: { lineStyle: { color: subtle() } } },
    yAxis: { type: "category", inverse: true, data: data.categories, axisLabel: { fontSize: 13, color: text(), width: host.clientWidth < 600 ? 110 : 220, overflow: "break", lineHeight: 16 }, axisTick: { show: false } },
    series: data.series.map(series => ({ name: series.name, type: "bar", stack: "all", color: fill(series.tone), barMaxWidth: 28, data: series.values })),
  };
}

function funnel(data, host) {
  const most = Math.max(1, ...data.steps.map(step => step.count));
  host.style.height = `${data.steps.length * 56 + 16}px`;
  return {
    ...common(),
    // One colour tells nothing apart, so no pattern either.
    aria: { enabled: false },
    legend: { show: false },
    grid: { top: 8, left: 8, right: 48, bottom: 8, containLabel: true },
    tooltip: { ...common().tooltip, formatter: p => p.data?.says },
    xAxis: { type: "value", max: most, show: false },
    yAxis: { type: "category", inverse: true, data: data.steps.map(step => step.name), axisLabel: { fontSize: 13, color: text(), width: 150, overflow: "break", lineHeight: 16 }, axisTick: { show: false }, axisLine: { show: false } },
    series: [{
      type: "bar",
      color: fill("accent"),
      barMaxWidth: 36,
      label: { show: true, position: "right", color: text(), fontWeight: 600 },
      data: data.steps.map(step => ({ value: step.count, says: [`${step.name}: ${step.count}`, step.note].filter(Boolean).join("\n") })),
    }],
  };
}

function scores(data, host) {
  const step = 20;
  host.style.height = `${data.rows.length * (data.series.length * step + 20) + 120}px`;
  return {
    ...common(),
    // A custom shape takes no pattern: each range is told by its place in the row and by its tooltip too.
    aria: { enabled: false },
    legend: { ...common().legend, data: data.series.map(series => series.name) },
    grid: { top: 72, left: 8, right: 24, bottom: 8, containLabel: true },
    tooltip: { ...common().tooltip, formatter: p => p.data?.says },
    xAxis: { type: "value", min: data.from - 1, max: data.to + 1, interval: 1, axisLabel: { fontSize: 13, color: text(), formatter: score => score < data.from || score > data.to ? "" : score }, splitLine: { lineStyle: { color: subtle() } } },
    yAxis: { type: "category", inverse: true, data: data.rows, axisLabel: { fontSize: 13, color: text(), width: host.clientWidth < 600 ? 90 : 180, overflow: "break", lineHeight: 16 }, axisTick: { show: false }, splitLine: { show: true, lineStyle: { color: subtle() } } },
    series: data.series.map((series, index) => ({
      name: series.name,
      type: "custom",
      color: fill(series.tone),
      encode: { x: [1, 2], y: 0 },
      renderItem: rangeShape(series, (index - (data.series.length - 1) / 2) * step),
      data: series.values.map((range, row) => ({ value: [row, range.scores[0], range.scores.at(-1)], says: range.says })),
    })),
  };
}

// A line from the lowest score to the highest, a dot for each score (the larger, the more gave it) and an upright stroke at the mean.
function rangeShape(series, offset) {
  const color = fill(series.tone);
  return (params, api) => {
    const range = series.values[params.dataIndex];
    const at = score => {
      const [x, y] = api.coord([score, api.value(0)]);
      return [x, y + offset];
    };
    const [[from, y], [to], [mean]] = [at(range.scores[0]), at(range.scores.at(-1)), at(range.mean)];
    const counts = Map.groupBy(range.scores, score => score);
    return {
      type: "group",
      children: [
        { type: "rect", shape: { x: from - 8, y: y - 9, width: to - from + 16, height: 18 }, style: { fill: "transparent" } },
        { type: "line", shape: { x1: from, y1: y, x2: to, y2: y }, style: { stroke: color, lineWidth: 2 } },
        ...[...counts].map(([score, same]) => ({ type: "circle", shape: { cx: at(score)[0], cy: y, r: 2.5 + 1.5 * Math.sqrt(same.length) }, style: { fill: color } })),
        { type: "line", shape: { x1: mean, y1: y - 9, x2: mean, y2: y + 9 }, style: { stroke: text(), lineWidth: 2 } },
      ],
    };
  };
}

function draw(script) {
  const host = document.getElementById(script.dataset.chartFor);
  const data = JSON.parse(script.textContent);
  const option = options[data.kind](data, host);
  const chart = echarts.init(host, null, { locale: language.slice(0, 2).toUpperCase() });
  chart.on("finished", () => { host.dataset.ready = "true"; });
  chart.setOption(option);
  new ResizeObserver(() => chart.resize({ animation: { duration: 0 } })).observe(host);
  addEventListener("beforeprint", () => chart.resize({ animation: { duration: 0 } }));
}

document.querySelectorAll("script[data-chart-for]").forEach(draw);
