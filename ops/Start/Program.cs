using System.CommandLine;
using HousingBank.Start;

var port = new Option<int>("--port") { Description = "Port of the pages, on this machine only.", DefaultValueFactory = _ => 5080 };
var connection = new Option<string?>("--connection")
{
    Description = "Connection string of a PostgreSQL of your own; also read from ConnectionStrings__Programme. Without one, the embedded server is used.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ConnectionStrings__Programme"),
};
var fresh = new Option<bool>("--fresh") { Description = "Deletes the embedded database and begins anew." };

var command = new RootCommand("Starts the whole system on this machine: database, demo history and pages.") { port, connection, fresh };
command.SetAction((given, cancel) =>
    new StartUp(given.GetValue(port), given.GetValue(connection), given.GetValue(fresh)).RunAsync(cancel));

// Stopping takes its time: the web process first, then the database.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
