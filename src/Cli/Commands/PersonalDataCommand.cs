using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CsvHelper;
using HousingBank.Cli.Persons;
using HousingBank.Cli.Terminal;
using HousingBank.Domain.Persons;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes.Persons;
using HousingBank.Store;
using Command = System.CommandLine.Command;

namespace HousingBank.Cli.Commands;


/// <summary>personal-data: master keys and their rotation, what is held about a person, erasing, and erasing again after a restore.</summary>
internal static class PersonalDataCommand
{
    private const int FewestDaysKept = 30;

    public static Command Build(DatabaseOption database) => new("personal-data", "Keys of persons: rotate them, say what is held about a person, erase, and erase again after a restore.")
    {
        NewMasterKey(),
        Rotate(database),
        Report(database),
        Erase(database),
        Erased(database),
        ReplayErasures(database),
        ForgetReadings(database),
    };

    private static Command NewMasterKey()
    {
        var id = new Argument<string>("id") { Description = "What the key is called, as 2026-11; said beside every key that it wraps." };
        id.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 } given || given.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
                result.AddError("An id is made of letters, figures and hyphens.");
        });
        var command = new Command("new-master-key", "Write a new master key as the configuration wants it. It is kept nowhere.") { id };
        command.SetAction(line => line.InvocationConfiguration.Output.WriteLine(MasterKeys.Make(line.GetRequiredValue(id))));
        return command;
    }

    private static Command Rotate(DatabaseOption database)
    {
        var command = new Command("rotate", "Wrap every key anew under the current master key, while others read and write.");
        command.SetAction(async (line, interrupted) =>
        {
            var progress = Progress.On(line);
            await using var source = StoreDataSource.Create(await database.OfMigratedAsync(line, interrupted), StoreRole.Keys);
            var keys = new PersonKeys(source);
            var masters = Environments.MasterKeys();
            var done = await new KeyRotation(keys, masters).RunAsync(n => progress.Report("Keys wrapped anew", n, null), interrupted);
            progress.Say(string.Create(CultureInfo.InvariantCulture, $"{done} keys were wrapped anew under \"{masters.Current}\"."));
            foreach (var (master, count) in await keys.CountByMasterKeyAsync(interrupted))
                progress.Say(string.Create(CultureInfo.InvariantCulture, $"Under \"{master}\": {count}."));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Report(DatabaseOption database)
    {
        var (tenant, person) = (TenantOption(), PersonArgument());
        var csv = new Option<bool>("--csv") { Description = "As CSV instead of JSON." };
        var command = new Command("report", "Everything that is held about a person, opened, as JSON.") { person, tenant, csv };
        command.SetAction(async (line, interrupted) =>
        {
            var output = line.InvocationConfiguration.Output;
            var report = await PersonDesk.ReportAsync(await database.OfMigratedAsync(line, interrupted), line.GetRequiredValue(tenant), new PersonId(line.GetRequiredValue(person)), interrupted);
            if (line.GetValue(csv))
            {
                var table = report.Rows();
                await using var writer = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
                foreach (var row in table.Rows.Prepend([.. table.Columns.Select(c => c.Code)]))
                {
                    foreach (var cell in row)
                        writer.WriteField(Written(cell));
                    await writer.NextRecordAsync();
                }
            }
            else
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(report, PersonDesk.Json));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string? Written(object? cell) => cell switch
    {
        DateTimeOffset moment => moment.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture),
    };

    private static Command Erase(DatabaseOption database)
    {
        var (tenant, person) = (TenantOption(), PersonArgument());
        var reason = new Option<ErasureReason>("--reason") { Description = "requested, noLongerNeeded, retentionEnded or recordedWrongly.", Required = true };
        var @case = new Option<string>("--case") { Description = "The case it rests on; no names.", Required = true };
        var command = new Command("erase", "Erase a person for ever: what is sealed under the person's key can be read by nobody any more.") { person, tenant, reason, @case };
        command.SetAction(async (line, interrupted) =>
        {
            var erasure = new Erasure(
                line.GetRequiredValue(tenant),
                line.GetRequiredValue(person),
                null,
                line.GetRequiredValue(reason),
                new Basis(BasisKind.Case, line.GetRequiredValue(@case)));
            return (int)(await PersonDesk.EraseAsync(database.Of(line), [erasure], "operator", Progress.On(line), interrupted) == 1 ? ExitCode.Done : ExitCode.Refused);
        });
        return command;
    }

    private static Command Erased(DatabaseOption database)
    {
        var since = new Option<DateOnly?>("--since") { Description = "Only those recorded on this day (UTC) or later." };
        var command = new Command("erased", "List every erasure as CSV, without names: keep it outside the database, for restores.") { since };
        command.SetAction(async (line, interrupted) =>
        {
            await ErasureList.WriteAsync(line.InvocationConfiguration.Output, await PersonDesk.ErasedAsync(await database.OfMigratedAsync(line, interrupted), line.GetValue(since), interrupted));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command ReplayErasures(DatabaseOption database)
    {
        var list = new Option<FileInfo?>("--list") { Description = "A list that \"erased\" wrote, for erasures that the restored copy does not know of." };
        var command = new Command("replay-erasures", "After a restore and before it opens: destroy again the keys of everybody who was erased.") { list };
        command.SetAction(async (line, interrupted) =>
        {
            var progress = Progress.On(line);
            var listed = line.GetValue(list) is { } file ? ErasureList.Read(file) : [];
            await using var source = StoreDataSource.Create(await database.OfMigratedAsync(line, interrupted), StoreRole.Keys);
            foreach (var (tenant, destroyed) in await new PersonKeys(source).ReplayErasuresAsync(interrupted))
                progress.Say(string.Create(CultureInfo.InvariantCulture, $"{tenant}: {destroyed} keys of erased persons were destroyed again."));
            var done = await PersonDesk.EraseAsync(database.Of(line), listed, "operator:replay-erasures", progress, interrupted);
            if (listed.Count > 0)
                progress.Say(string.Create(CultureInfo.InvariantCulture, $"{done} of the {listed.Count} persons on the list are erased."));
            return (int)(done == listed.Count ? ExitCode.Done : ExitCode.Refused);
        });
        return command;
    }

    private static Command ForgetReadings(DatabaseOption database)
    {
        var days = new Option<int>("--older-than-days") { Description = "How long the organisation keeps who has read what about persons; 30 or more.", Required = true };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < FewestDaysKept)
                result.AddError($"Who has read what is kept for {FewestDaysKept} days at least.");
        });
        var command = new Command("forget-readings", "Take away the records of who has read about persons that are older than they are to be kept.") { days };
        command.SetAction(async (line, interrupted) =>
        {
            await using var source = StoreDataSource.Create(await database.OfMigratedAsync(line, interrupted), StoreRole.Keys);
            var forgotten = await new PersonReadings(source).ForgetAsync(TimeSpan.FromDays(line.GetRequiredValue(days)), interrupted);
            Progress.On(line).Say(string.Create(CultureInfo.InvariantCulture, $"{forgotten} readings were forgotten."));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Option<string> TenantOption() => new("--tenant") { Description = "The office that the person is recorded in.", DefaultValueFactory = _ => "region-ost" };

    private static Argument<Guid> PersonArgument() => new("person") { Description = "The person's reference." };
}
