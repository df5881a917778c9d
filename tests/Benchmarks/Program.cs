using System.CommandLine;
using HousingBank.Benchmarks;

// Ours against the limit, in pairs, on the same machine in the same run: dotnet run -c Release --project tests/Benchmarks -- <name>
IReadOnlyList<IBenchmark> all =
[
    new AppendBenchmark(),
    new AsOfBenchmark(),
    new GrowBenchmark(),
    new RebuildBenchmark(),
    new ServeBenchmark(),
    new StartBenchmark(),
];

// The limit of asof and serve runs in a process of its own, as ours does.
if (args is ["by-hand", var database, var address])
{
    await ByHand.ServeAsync(database, new Uri(address).ToString());
    return 0;
}

var name = new Argument<string>("name") { Description = string.Join(", ", all.Select(b => b.Name)) };
name.AcceptOnlyFromAmong([.. all.Select(b => b.Name)]);
var seconds = new Option<int?>("--seconds") { Description = "Of measuring, about; each benchmark has its own default." };
var events = new Option<long?>("--events") { Description = "In the largest history; each benchmark has its own default." };
var json = new Option<bool>("--json") { Description = "Ends with one line of JSON: every ratio and its target, and the worst of them measured by its target." };

var root = new RootCommand("Measures this program against the limit, in paired rounds.") { name, seconds, events, json };
root.SetAction(async (given, cancel) =>
{
    var benchmark = all.Single(b => b.Name == given.GetValue(name));
    var report = new Report(benchmark.Name, Console.Out);
    report.Machine();
    await benchmark.RunAsync(new Run(given.GetValue(seconds), given.GetValue(events), report), cancel);
    report.End(given.GetValue(json));
    return 0;
});
return await root.Parse(args).InvokeAsync();
