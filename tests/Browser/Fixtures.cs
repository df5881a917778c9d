using HousingBank.Browser.Tests;

[assembly: AssemblyFixture(typeof(RunningProgramme))]

// The tests share one web process and one browser.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
