using System.Diagnostics;
using System.Text.Json;

namespace HousingBank.Support;

/// <summary>A certified OpenID Connect provider (npm's oidc-provider in tools/oidc), run on loopback for as long as a test needs it.</summary>
public sealed class RealProvider : IAsyncDisposable
{
    private readonly Process _node;

    private RealProvider(Process node, string issuer)
    {
        _node = node;
        Issuer = issuer;
    }

    public string Issuer { get; }

    /// <param name="clients">Registrations in the words of OpenID Connect Dynamic Client Registration.</param>
    /// <param name="people">Claims by login; any password will do.</param>
    public static async Task<RealProvider> StartAsync(IEnumerable<object> clients, IReadOnlyDictionary<string, object> people)
    {
        var folder = Path.Combine(Checkout.Root, "tools", "oidc");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "oidc-provider")))
            throw new InvalidOperationException("The provider for these tests is not installed: run 'npm ci' in tools/oidc, or 'bash ops/check.sh', which does it.");
        var node = Process.Start(new ProcessStartInfo("node", ["provider.js", JsonSerializer.Serialize(new { clients, people })])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        node.ErrorDataReceived += (_, _) => { };
        node.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await node.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("http://", StringComparison.Ordinal))
                return new(node, line);
        }

        throw new InvalidOperationException($"The provider for these tests did not start: node ended with {node.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _node.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _node.Kill();
        }

        _node.Dispose();
    }
}
