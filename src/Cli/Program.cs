using HousingBank.Cli.Terminal;

return await CommandLine.RunAsync(args);
