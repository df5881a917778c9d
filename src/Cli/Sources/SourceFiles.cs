namespace HousingBank.Cli.Sources;

/// <summary>What the files of one import tell.</summary>
public sealed record SourceFiles(IReadOnlyList<MunicipalityList> Registers, IReadOnlyList<ProgrammeSource> Programmes, ReadingNotes Notes)
{
    /// <summary>Reads every file before anything is decided, so that a broken one stops the import before it has begun.</summary>
    /// <param name="files">Registers end in .csv, programmes in .json. Where there is a register among them, a programme may only speak of municipalities that it holds.</param>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static async Task<SourceFiles> ReadAsync(IReadOnlyList<FileInfo> files, CancellationToken cancel)
    {
        var notes = new ReadingNotes();
        var registers = new List<MunicipalityList>();
        foreach (var file in files.Where(f => Is(f, ".csv")))
        {
            using var text = new StreamReader(file.FullName);
            registers.Add(MunicipalityList.Read(file.Name, text, notes));
        }

        var keys = registers.Count > 0 ? registers.SelectMany(r => r.Lines).Select(l => l.Key).ToHashSet() : null;
        var programmes = new List<ProgrammeSource>();
        foreach (var file in files.Where(f => Is(f, ".json")))
        {
            if (new ProgrammeSourceReader(file.Name, keys, notes).Read(await File.ReadAllBytesAsync(file.FullName, cancel)) is { } programme)
                programmes.Add(programme);
        }

        foreach (var file in files.Where(f => !Is(f, ".csv") && !Is(f, ".json")))
            notes.Problem(new Place(file.Name, 1, ""), "a register of municipalities (.csv) or a programme (.json) is expected");
        return new(registers, programmes, notes);
    }

    private static bool Is(FileInfo file, string extension) => file.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase);
}
