using Npgsql;

namespace HousingBank.Web.Access;

/// <summary>Statements about who may come in, beside the history.</summary>
internal static class AccessCommands
{
    /// <param name="values">Of $1, $2 and so on; null is the database's.</param>
    public static NpgsqlCommand Command(this IServiceProvider services, string sql, params object?[] values)
    {
        var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }
}
