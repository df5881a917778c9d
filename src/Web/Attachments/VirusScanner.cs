using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Attachments;

/// <summary>Asks clamd, the daemon of ClamAV, about each file that is sent in, by its command INSTREAM. Without an address nobody is asked.</summary>
/// <param name="address">Path of clamd's socket, or host and port.</param>
public sealed class VirusScanner(EndPoint? address, ILogger<VirusScanner> logger)
{
    public static readonly Refusal Infected = Refusal.OfField("file-infected", FileInspection.Field);

    // A person waits; clamd takes far less for 10 MiB.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private const int LongestAnswer = 4 * 1024;

    /// <returns>What stands in the way; null when nothing is known against it.</returns>
    /// <exception cref="NotScannedException">No answer that says whether it is harmful: it may not be taken.</exception>
    public async Task<Refusal?> InspectAsync(byte[] content, CancellationToken cancel)
    {
        if (address is null)
            return null;
        var answer = await AskAsync(content, cancel);
        if (answer == "stream: OK")
            return null;
        if (!answer.EndsWith(" FOUND", StringComparison.Ordinal))
            throw NotScanned(answer, null);
        logger.LogWarning("A file was refused: clamd says {Answer}.", answer);
        return Infected;
    }

    private async Task<string> AskAsync(byte[] content, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_patience);
        try
        {
            using var socket = address is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address!, patience.Token);
            await using var clamd = new NetworkStream(socket);
            await clamd.WriteAsync("zINSTREAM\0"u8.ToArray(), patience.Token);
            await clamd.WriteAsync(LengthOf(content.Length), patience.Token);
            await clamd.WriteAsync(content, patience.Token);
            await clamd.WriteAsync(LengthOf(0), patience.Token);

            var answer = new byte[LongestAnswer];
            var read = await clamd.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, patience.Token);
            return Encoding.UTF8.GetString(answer.AsSpan(0, read)).TrimEnd('\0');
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw NotScanned(e.Message, e);
        }
    }

    private NotScannedException NotScanned(string why, Exception? cause)
    {
        logger.LogError("A file could not be scanned for viruses: {Why}", why);
        return new NotScannedException(why, cause);
    }

    private static byte[] LengthOf(int part)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part);
        return length;
    }
}

/// <summary>A virus scanner is configured, and does not say whether a file is harmful.</summary>
public sealed class NotScannedException(string message, Exception? inner) : Exception(message, inner);
