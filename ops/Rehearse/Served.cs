using System.Diagnostics;
using System.Net;
using HousingBank.EmbeddedPostgres;

namespace HousingBank.Rehearse;

/// <summary>A program that serves on loopback in a process of its own, as it is deployed.</summary>
public sealed class Served : IAsyncDisposable
{
    private readonly string _program;
    private readonly Process _process;

    private Served(string program, Process process, Uri address) => (_program, _process, Address) = (program, process, address);

    public Uri Address { get; }

    /// <summary>The web process in production, behind what ends TLS; nobody's requests are limited.</summary>
    /// <param name="profileFolder">Where it notes what a start compiles; empty for nowhere.</param>
    /// <param name="variables">Of its environment, beside these.</param>
    public static Served StartWeb(string program, string connectionString, string profileFolder = "", Dictionary<string, string>? variables = null)
    {
        var address = FreeAddress();
        return Start(program, [], address, new(variables ?? [])
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ConnectionStrings__Programme"] = connectionString,
            ["Proxies__0"] = "127.0.0.1/32",
            ["RateLimits__Api__Requests"] = "0",
            ["Start__ProfileFolder"] = profileFolder,
        });
    }

    /// <summary>Asks until it is answered with 200.</summary>
    public async Task WaitForAsync(HttpClient client, string path, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, path), cancel);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                    throw new InvalidOperationException($"{path} is answered with {(int)answer.StatusCode}.");
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (_process.HasExited)
                throw new InvalidOperationException($"{_program} ended with exit code {_process.ExitCode}.");
            await Task.Delay(5, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await BoundProcess.StopAsync(_process);
        _process.Dispose();
    }

    /// <summary>Asks as a program that holds a token, through what ended TLS.</summary>
    public static HttpClient Client(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromSeconds(30) };
        if (token is not null)
            client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        return client;
    }

    /// <param name="address">Where it will serve.</param>
    /// <param name="variables">Of its environment.</param>
    public static Served Start(string program, string[] arguments, Uri address, Dictionary<string, string> variables)
    {
        var info = BoundProcess.Describe(["dotnet", program, .. arguments], stopSignal: "TERM");
        info.WorkingDirectory = Path.GetDirectoryName(program)!;
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        info.Environment["Logging__LogLevel__Default"] = "Error";
        info.Environment["Logging__LogLevel__Microsoft.AspNetCore"] = "Error";
        info.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Error";
        foreach (var (name, value) in variables)
            info.Environment[name] = value;
        return new Served(program, Process.Start(info)!, address);
    }

    public static Uri FreeAddress() => new($"http://127.0.0.1:{LoopbackPort.Free()}");
}
