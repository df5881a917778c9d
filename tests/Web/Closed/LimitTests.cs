using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HousingBank.Domain.Applications;
using HousingBank.Web.Attachments;
using HousingBank.Web.Shell;
using HousingBank.Web.Tests.Api;
using Npgsql;

namespace HousingBank.Web.Tests.Closed;

/// <summary>Whoever asks too much at once, too slowly or for too long, on the server that runs in production.</summary>
public sealed class LimitTests(ServedSite served) : IClassFixture<ServedSite>
{
    [Fact]
    public async Task A_body_that_is_too_large_is_refused_by_the_api_with_a_problem()
    {
        using var client = await served.SignedInAsync("leadership-region-ost");
        var body = new StringContent($$"""{"reason":"{{new string('x', (int)RequestLimits.LargestBody)}}","effectiveOn":"2009-05-01"}""", Encoding.UTF8, "application/json");

        var answer = await ApiAnswer.OfAsync(await AskFirstAsync(client, "/api/v1/municipalities", body));

        answer.ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_by_a_form_with_a_page()
    {
        using var client = await served.SignedInAsync("leadership-region-ost");
        var page = await client.PageAsync("/tilganger");

        var answer = await AskFirstAsync(client, "/tilganger", Site.Form(page, ("_handler", "token"), ("name", new string('x', (int)RequestLimits.LargestBody))));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.PageAsync()).Heading().ShouldBe("For mye på én gang");
    }

    [Fact]
    public async Task A_body_that_grows_too_large_without_saying_so_is_refused_as_well()
    {
        using var client = await served.SignedInAsync("leadership-region-ost");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/municipalities") { Content = new StreamContent(new Blanks(RequestLimits.LargestBody + 1)) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;

        (await ApiAnswer.OfAsync(await client.SendAsync(request))).ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_form_that_grows_too_large_without_saying_so_is_told_as_too_large_and_not_as_one_without_its_token()
    {
        using var client = await served.SignedInAsync("leadership-region-ost");
        var page = await client.PageAsync("/tilganger");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tilganger") { Content = Site.Form(page, ("_handler", "token"), ("name", new string('x', (int)RequestLimits.LargestBody))) };
        request.Headers.TransferEncodingChunked = true;

        var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.PageAsync()).Heading().ShouldBe("For mye på én gang");
    }

    [Theory]
    [InlineData(AttachmentRules.LargestFile, false, HttpStatusCode.NotFound)]
    [InlineData(AttachmentRules.LargestFile, true, HttpStatusCode.NotFound)]
    [InlineData(SentFile.LargestRequest + 1, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(SentFile.LargestRequest + 1, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Only_where_a_file_is_sent_in_is_more_taken_and_no_more_than_a_file(long length, bool withoutSayingSo, HttpStatusCode status)
    {
        using var client = await served.SignedInAsync("leadership-region-ost");
        var file = new byte[length];
        "%PDF-"u8.CopyTo(file);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/rounds/{Guid.CreateVersion7()}/applications/hamar/attachments")
        {
            Content = new MultipartFormDataContent { { new StringContent("2010-01-10"), "effectiveOn" }, { new ByteArrayContent(file), "file", "a.pdf" } },
            Headers = { ExpectContinue = !withoutSayingSo, TransferEncodingChunked = withoutSayingSo },
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

        (await client.SendAsync(request)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Too_many_headers_too_large_headers_and_too_long_addresses_are_refused()
    {
        var many = string.Concat(Enumerable.Range(0, RequestLimits.MostHeaders + 1).Select(i => $"X-{i}: 1\r\n"));

        (await StatusAsync($"GET /health/live HTTP/1.1\r\nHost: localhost\r\n{many}\r\n")).ShouldBe(431);
        (await StatusAsync($"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', RequestLimits.LargestHeaders)}\r\n\r\n")).ShouldBe(431);
        (await StatusAsync($"GET /{new string('x', 10_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n")).ShouldBe(414);
        (await StatusAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")).ShouldBe(200);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("POST /logg-ut HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx")]
    [InlineData("POST /logg-ut HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n")]
    [InlineData("GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n X: folded\r\n\r\n")]
    public async Task What_could_be_read_in_two_ways_is_refused(string request) => (await StatusAsync(request)).ShouldBe(400);

    [Theory]
    [InlineData("GET /logg-inn HTTP/1.0\r\n", 200)]
    [InlineData("GET /logg-inn HTTP/1.1\r\nHost:\r\n", 200)]
    [InlineData("OPTIONS / HTTP/1.0\r\n", 405)]
    [InlineData("GET /logg-inn HTTP/1.1\r\nHost: program.example:99999999\r\n", 400)]
    [InlineData("GET /ingensteds HTTP/1.1\r\nHost: program..example\r\n", 400)]
    [InlineData("GET /logg-inn HTTP/1.1\r\nHost: xn--a\r\n", 400)]
    [InlineData("GET /logg-inn HTTP/1.1\r\nHost: xn--\r\n", 400)]
    [InlineData("GET /logg-inn HTTP/1.1\r\nHost: a.xn--a\r\n", 400)]
    [InlineData("GET /logg-inn HTTP/1.1\r\nHost: xn--a:80\r\n", 400)]
    [InlineData("GET /logg-inn HTTP/1.1\r\nHost: xn--80ak6aa92e.com\r\n", 200)]
    public async Task Who_names_no_host_or_none_that_can_be_gets_a_page_all_the_same(string request, int status)
    {
        var answer = await AnswerAsync(request + "Connection: close\r\n\r\n");

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("Content-Security-Policy: ");
        answer.ShouldContain("</html>");
    }

    [Fact]
    public async Task Who_sends_headers_too_slowly_is_cut_off()
    {
        var clock = Stopwatch.StartNew();

        (await StatusAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n")).ShouldBe(408);

        clock.Elapsed.ShouldBeLessThan(RequestLimits.SlowestHeaders + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Who_sends_a_body_too_slowly_is_told_so_and_cut_off()
    {
        var clock = Stopwatch.StartNew();
        using var client = await served.SignedInAsync("leadership-region-ost");
        var cookie = served.CookieOf(client);

        (await StatusAsync($"POST /api/v1/municipalities HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{")).ShouldBe(408);

        clock.Elapsed.ShouldBeLessThan(RequestLimits.SlowestBody.GracePeriod + TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_given_up_and_the_reader_told_to_come_back()
    {
        using var client = await served.SignedInAsync("leadership-region-ost");
        await using var source = NpgsqlDataSource.Create(served.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var holding = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table store.events, store.streams in access exclusive mode", connection))
            await hold.ExecuteNonQueryAsync();

        foreach (var address in new[] { "/vedtakslogg", "/api/v1/decisions" })
        {
            var clock = Stopwatch.StartNew();
            var answer = await client.GetAsync(address);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, address);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(address[1] == 'a' ? "application/problem+json" : "text/html");
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(ServedSite.LongestAnswer + 5));
        }
    }

    [Fact]
    public async Task Requests_for_a_host_that_is_not_ours_are_refused()
    {
        await using var site = new Site { Settings = new Dictionary<string, string> { ["AllowedHosts"] = "program.example" } };

        (await site.CreateClient(new() { BaseAddress = new("http://program.example") }).GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await site.CreateClient(new() { BaseAddress = new("http://another.example") }).GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    /// <summary>Sends the body when the server says that it will have it: else it would hang up on us while we are still sending.</summary>
    private static async Task<HttpResponseMessage> AskFirstAsync(HttpClient client, string address, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body, Headers = { ExpectContinue = true } };
        return await client.SendAsync(request);
    }

    /// <summary>Sends what is given, then nothing more.</summary>
    /// <returns>All that comes back until the server hangs up.</returns>
    private async Task<string> AnswerAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(served.Address.Host, served.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Sends what is given, then nothing more.</summary>
    /// <returns>The status of the answer.</returns>
    private async Task<int> StatusAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(served.Address.Host, served.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var answer = new byte[1024];
        var read = await stream.ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        var line = Encoding.Latin1.GetString(answer, 0, read).Split("\r\n")[0];
        return line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>As many blanks as asked for, of a length that nobody is told.</summary>
    private sealed class Blanks(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var some = (int)Math.Min(count, _left);
            Array.Fill(buffer, (byte)' ', offset, some);
            _left -= some;
            return some;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
