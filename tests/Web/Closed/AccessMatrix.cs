using HousingBank.Support;

namespace HousingBank.Web.Tests.Closed;

/// <summary>Who gets what at which address, as access-matrix.txt says it: one line for each route and method.</summary>
internal static class AccessMatrix
{
    public const string File = "tests/Web/Closed/access-matrix.txt";

    /// <summary>Whoever can ask, in the order of the table's columns.</summary>
    public static IReadOnlyList<string> Askers { get; }

    public static IReadOnlyList<AccessLine> Lines { get; }

    static AccessMatrix()
    {
        var rows = Checkout.Read(File).Split('\n').Where(line => line.Trim().Length > 0 && line[0] != '#').Select(Cells).ToList();
        Askers = rows[0][2..];
        Lines = [.. rows.Skip(1).Select(cells => new AccessLine(cells[0], cells[1], cells[2..]))];
    }

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <param name="Address">The route as the program names it, with its parameters.</param>
/// <param name="Answers">HTTP statuses, in the order of the askers.</param>
internal sealed record AccessLine(string Method, string Address, IReadOnlyList<string> Answers)
{
    public string Answer(string asker) => Answers[AccessMatrix.Askers.ToList().IndexOf(asker)];

    public override string ToString() => Written(Answers);

    public string Written(IEnumerable<string> answers) => $"{Method,-7}{Address,-80}{string.Join("  ", answers.Select(a => $"{a,6}"))}";
}
