using System.Net;
using System.Net.Sockets;

namespace HousingBank.Faults.Tests;

/// <summary>
/// Stands between two programs and does what networks do: cuts, delays, loses the answer to a question that arrived. With several targets it is a balancer:
/// each connection goes to the next of them, and those that refuse are passed over.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Relay> _open = [];
    private readonly IReadOnlyList<int> _targets;
    private readonly Task _accepting;
    private Loss? _awaited;
    private Stop? _stop;
    private TaskCompletionSource? _hold;
    private int _requests;
    private int _next;

    public TcpProxy(params IReadOnlyList<int> targets)
    {
        _targets = targets;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long everything takes, either way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>While true nothing that is sent arrives, either way, and nobody is told: a network that is cut without a word.</summary>
    public bool Swallows { get; set; }

    /// <summary>How many connections are open.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    /// <summary>How many messages were sent to the target, by all who came.</summary>
    public int Requests => _requests;

    /// <summary>Everything waits from the message of this number on, until <see cref="GoOn"/>; its connection then is one of which a part was lost.</summary>
    /// <param name="request">The first to come is 1.</param>
    /// <param name="arrives">Whether that message still does: its answer is lost then, otherwise what was to follow it.</param>
    /// <returns>The port by which the target knows the connection it came on, once it has come.</returns>
    public Task<int> StopAt(int request, bool arrives)
    {
        _requests = 0;
        var stop = new Stop(request, arrives);
        _stop = stop;
        return stop.Happened.Task;
    }

    public void GoOn() => Interlocked.Exchange(ref _hold, null)?.SetResult();

    /// <summary>What is open is forgotten: nothing passes on it, and nobody is told. Who comes anew is served.</summary>
    public void ForgetAll()
    {
        lock (_gate)
        {
            foreach (var relay in _open)
                relay.LosesRequests = relay.LosesReplies = true;
        }
    }

    /// <summary>Ends every connection as it is, whatever is under way.</summary>
    public void CutAll()
    {
        Relay[] open;
        lock (_gate)
            open = [.. _open];
        foreach (var relay in open)
            relay.Cut();
    }

    /// <summary>The next message that holds these bytes goes half the way, and its connection ends there.</summary>
    public Task LoseRequestWith(byte[] bytes) => Lose(bytes, request: true);

    /// <summary>The next message that holds these bytes arrives; what is answered to it does not: its connection ends when the answer comes.</summary>
    public Task LoseReplyTo(byte[] bytes) => Lose(bytes, request: false);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        GoOn();
        CutAll();
        await _accepting;
        _end.Dispose();
    }

    private Task Lose(byte[] bytes, bool request)
    {
        var loss = new Loss(bytes, request);
        _awaited = loss;
        return loss.Happened.Task;
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The proxy ends, or whoever came has gone again.
            }
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var relay = new Relay(client);
        lock (_gate)
            _open.Add(relay);
        try
        {
            if (await relay.ConnectAsync(_targets, Interlocked.Increment(ref _next)))
                await Task.WhenAny(RequestsAsync(relay), RepliesAsync(relay));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // Either side has gone, or was cut.
        }
        finally
        {
            lock (_gate)
                _open.Remove(relay);
            relay.Cut();
        }
    }

    private async Task RequestsAsync(Relay relay)
    {
        var buffer = new byte[1 << 16];
        while (await relay.Client.ReadAsync(buffer) is var read and > 0)
        {
            await DelayAsync();
            if (Swallows || relay.LosesRequests)
                continue;
            var message = buffer.AsMemory(0, read);
            if (Interlocked.Increment(ref _requests) == _stop?.Request)
            {
                _hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
                relay.LosesRequests = true;
                relay.LosesReplies = _stop.Arrives;
                if (_stop.Arrives)
                    await relay.Server.WriteAsync(message);
                _stop.Happened.SetResult(relay.PortAtServer);
                continue;
            }

            if (_hold is { } hold)
                await hold.Task;

            if (_awaited is { } loss && message.Span.IndexOf(loss.Bytes) >= 0)
            {
                _awaited = null;
                relay.LosesReply = loss.IsRequest ? null : loss;
                if (loss.IsRequest)
                {
                    await relay.Server.WriteAsync(message[..(read / 2)]);
                    loss.Happened.SetResult();
                    return;
                }
            }

            await relay.Server.WriteAsync(message);
        }
    }

    private async Task RepliesAsync(Relay relay)
    {
        var buffer = new byte[1 << 16];
        while (await relay.Server.ReadAsync(buffer) is var read and > 0)
        {
            await DelayAsync();
            if (Swallows || relay.LosesReplies)
                continue;
            if (_hold is { } hold)
                await hold.Task;
            if (relay.LosesReply is { } loss)
            {
                loss.Happened.SetResult();
                return;
            }

            await relay.Client.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private Task DelayAsync() => Delay > TimeSpan.Zero ? Task.Delay(Delay) : Task.CompletedTask;

    private sealed record Loss(byte[] Bytes, bool IsRequest)
    {
        public TaskCompletionSource Happened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record Stop(int Request, bool Arrives)
    {
        public TaskCompletionSource<int> Happened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Relay(TcpClient client) : IDisposable
    {
        private readonly TcpClient _server = new();

        public NetworkStream Client { get; } = client.GetStream();

        public NetworkStream Server => _server.GetStream();

        public int PortAtServer { get; private set; }

        public Loss? LosesReply { get; set; }

        public bool LosesRequests { get; set; }

        public bool LosesReplies { get; set; }

        /// <returns>False when none of the targets answers.</returns>
        public async Task<bool> ConnectAsync(IReadOnlyList<int> targets, int first)
        {
            for (var i = 0; i < targets.Count; i++)
            {
                try
                {
                    await _server.ConnectAsync(IPAddress.Loopback, targets[(first + i) % targets.Count]);
                    PortAtServer = ((IPEndPoint)_server.Client.LocalEndPoint!).Port;
                    return true;
                }
                catch (SocketException)
                {
                    // The next one.
                }
            }

            return false;
        }

        public void Cut()
        {
            client.Close();
            _server.Close();
        }

        public void Dispose()
        {
            client.Dispose();
            _server.Dispose();
        }
    }
}
