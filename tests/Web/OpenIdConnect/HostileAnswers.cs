using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using HousingBank.Support;
using Microsoft.AspNetCore.Http;

namespace HousingBank.Web.Tests.OpenIdConnect;

/// <summary>Whatever a provider, or somebody who plays one, can answer: only the right answer lets anybody in.</summary>
public sealed class HostileAnswers(TestServer server, HostileAnswers.Given given) : IClassFixture<HostileAnswers.Given>
{
    private const string SecretSubject = "somebody-secret";

    private static readonly Dictionary<string, (Func<HostileProvider, string, string> Token, string Reason)> s_tokens = new()
    {
        ["wrong issuer"] = (With("iss", _ => "https://other.test"), "another issuer"),
        ["issuer with a slash more"] = (With("iss", p => p.Issuer + "/"), "another issuer"),
        ["no issuer"] = (With("iss", null), "another issuer"),
        ["wrong audience"] = (With("aud", _ => "another-client"), "another audience"),
        ["an audience beside us that is no text"] = (With("aud", _ => new object[] { ProductionSite.ClientId, new { client = "another" } }), "another audience"),
        ["an audience beside us"] = (With("aud", _ => new[] { ProductionSite.ClientId, "another-client" }), "another audience"),
        ["no audience"] = (With("aud", null), "another audience"),
        ["made for another party"] = (With("azp", _ => "another-client"), "another party"),
        ["expired"] = (With("exp", _ => HostileProvider.Now(-60)), "has expired"),
        ["no end"] = (With("exp", null), "has expired"),
        ["an end that is no number"] = (With("exp", _ => "9999999999"), "has expired"),
        ["an end beyond all time"] = (With("exp", _ => 1e300), "has expired"),
        ["an end at the end of all time"] = (With("exp", _ => 253402300790), "has expired"),
        ["a beginning at the end of all time"] = (With("nbf", _ => 253402300790), "not valid yet"),
        ["not valid yet"] = (With("nbf", _ => HostileProvider.Now(120)), "not valid yet"),
        ["from the future"] = (With("iat", _ => HostileProvider.Now(120)), "from the future"),
        ["no moment of issue"] = (With("iat", null), "from the future"),
        ["older than the attempt"] = (With("iat", _ => HostileProvider.Now(-120)), "older than the attempt"),
        ["a person who will be seen"] = (With("auth_time", _ => HostileProvider.Now(120)), "will be seen"),
        ["a moment of seeing the person that is none"] = (With("auth_time", _ => "now"), "will be seen"),
        ["wrong nonce"] = (With("nonce", _ => "another"), "another nonce"),
        ["no nonce"] = (With("nonce", null), "another nonce"),
        ["a nonce in a list"] = ((p, nonce) => p.Token(Changed(p, nonce, "nonce", new[] { nonce })), "another nonce"),
        ["nobody"] = (With("sub", null), "names nobody"),
        ["an endless subject"] = (With("sub", _ => new string('x', 256)), "names nobody"),
        ["another access token"] = (With("at_hash", _ => "AAAAAAAAAAAAAAAAAAAAAA"), "another access token"),
        ["algorithm none"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "none" }, _ => [])[..^1] + ".", "empty part"),
        ["algorithm none with a signature"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "none", kid = p.KeyId }), "algorithm that is not accepted"),
        ["algorithm NONE"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "NONE", kid = p.KeyId }), "algorithm that is not accepted"),
        ["HS256 with the public key as secret"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "HS256", kid = p.KeyId }, b => HMACSHA256.HashData(Encoding.ASCII.GetBytes(p.Rsa.ExportRSAPublicKeyPem()), b)), "algorithm that is not accepted"),
        ["HS256 with the client's secret"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "HS256" }, b => HMACSHA256.HashData(Encoding.ASCII.GetBytes(ProductionSite.ClientSecret), b)), "algorithm that is not accepted"),
        ["RS512"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "RS512", kid = p.KeyId }, b => p.Rsa.SignData(b, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)), "algorithm that is not accepted"),
        ["no algorithm"] = ((p, nonce) => p.Token(p.Claims(nonce), new { kid = p.KeyId }), "algorithm that is not accepted"),
        ["a key used with another algorithm than its own"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "PS256", kid = p.KeyId }, b => p.Rsa.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)), "signature"),
        ["another curve's word for an RSA key"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "ES256", kid = p.KeyId }, b => p.Curve.SignData(b, HashAlgorithmName.SHA256)), "signature"),
        ["the empty signature of a curve"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "ES256", kid = "curve" }, _ => new byte[64]), "signature"),
        ["somebody else's key under the known name"] = (Forged(header: null), "signature"),
        ["a key that the token brings itself"] = ((p, nonce) =>
        {
            using var own = RSA.Create(2048);
            return p.Token(p.Claims(nonce), new { alg = "RS256", kid = p.KeyId, jwk = HostileProvider.RsaKey(own, p.KeyId) }, b => own.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }, "signature"),
        ["no key named where there are two"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "RS256" }), "signature"),
        ["an unknown key"] = (Forged(new { alg = "RS256", kid = "unknown" }), "signature"),
        ["an altered signature"] = ((p, nonce) => Altered(p.Token(p.Claims(nonce)), part: 2), "signature"),
        ["altered claims"] = ((p, nonce) =>
        {
            var parts = p.Token(p.Claims(nonce)).Split('.');
            return $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("region-ost", "region-vest")))}.{parts[2]}";
        }, "signature"),
        ["an encrypted token"] = ((_, _) => "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AAAA.AAAA.AAAA.AAAA", "not a signed token"),
        ["critical demands"] = ((p, nonce) => p.Token(p.Claims(nonce), new { alg = "RS256", kid = p.KeyId, crit = new[] { "b64" }, b64 = false }), "demands what we do not know"),
        ["a claim twice"] = ((p, nonce) => p.Token($$"""{"iss":"{{p.Issuer}}","aud":"{{ProductionSite.ClientId}}","sub":"x","sub":"{{SecretSubject}}","nonce":"{{nonce}}","iat":{{HostileProvider.Now()}},"exp":{{HostileProvider.Now(300)}},"role":"urn:programme:leader","tenant":"region-ost"}"""), "claims of the id token are not readable"),
        ["half a character"] = ((p, nonce) => p.Token(Written(p, nonce).Replace(SecretSubject, @"\ud800", StringComparison.Ordinal)), "claims of the id token are not readable"),
        ["half a character in a name"] = ((p, nonce) => p.Token(Written(p, nonce).Replace("\"sub\"", @"""\udc00"":1,""sub""", StringComparison.Ordinal)), "claims of the id token are not readable"),
        ["bytes that are no text"] = ((p, nonce) => p.Token(Encoding.Latin1.GetBytes(Written(p, nonce).Replace(SecretSubject, "\u00ff", StringComparison.Ordinal))), "claims of the id token are not readable"),
        ["half a character in the header"] = ((p, nonce) => p.Token(p.Claims(nonce), @"{""alg"":""RS256"",""kid"":""\ud800""}"), "header of the id token is not readable"),
        ["claims that are no object"] = ((p, _) => p.Token("[]"), "claims of the id token are not readable"),
        ["claims that go deep"] = ((p, _) => p.Token(string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500)), "claims of the id token are not readable"),
        ["a header that is no object"] = ((p, nonce) => p.Token(p.Claims(nonce), "\"RS256\""), "header of the id token is not readable"),
        ["no token at all"] = ((_, _) => "nonsense", "not a signed token"),
        ["not base64url"] = ((p, nonce) => p.Token(p.Claims(nonce)) + "==", "base64url"),
        ["a token without end"] = (With("more", _ => new string('x', 20_000)), "too long"),
    };

    private static readonly Dictionary<string, Func<HostileProvider, object>?> s_notSeenAnew = new()
    {
        ["seen before the attempt"] = _ => HostileProvider.Now(-60),
        ["not said when"] = null,
    };

    public static TheoryData<string> WrongTokens => [.. s_tokens.Keys];

    public static TheoryData<string> NotSeenAnew => [.. s_notSeenAnew.Keys];

    [Fact]
    public async Task The_right_answer_lets_in()
    {
        var (browser, asked) = await BeginAsync();
        var access = "an access token";
        var half = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(access)).AsSpan(0, 16));
        var token = given.Provider.Token(Changed(given.Provider, asked["nonce"]!, "at_hash", half));

        var answer = await AnswerAsync(browser, asked, given.Provider.CodeFor(token, access));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync("/tilganger")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task A_wrong_token_is_refused(string wrong)
    {
        var (browser, asked) = await BeginAsync();
        var token = s_tokens[wrong].Token(given.Provider, asked["nonce"]!);
        var code = given.Provider.CodeFor(token);

        var answer = await AnswerAsync(browser, asked, code);

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.BadRequest, s_tokens[wrong].Reason);
        NothingSecretIsLogged(token, code, asked["state"]!, asked["nonce"]!);
    }

    [Theory]
    [MemberData(nameof(NotSeenAnew))]
    public async Task Whoever_is_to_sign_in_again_and_was_not_seen_anew_is_refused(string wrong)
    {
        var (browser, asked) = await BeginAsync(given.Site, "&igjen=ja");
        (asked["prompt"], asked["max_age"]).ShouldBe(("login", "0"));
        var token = With("auth_time", s_notSeenAnew[wrong])(given.Provider, asked["nonce"]!);

        var answer = await AnswerAsync(browser, asked, given.Provider.CodeFor(token));

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.BadRequest, "has not seen the person anew");
    }

    [Fact]
    public async Task Only_a_person_who_was_seen_just_now_has_just_signed_in()
    {
        async Task<bool> IsAskedAgainAsync(string begin, Func<HostileProvider, object>? seen)
        {
            var (browser, asked) = await BeginAsync(given.Site, begin);
            (await AnswerAsync(browser, asked, given.Provider.CodeFor(With("auth_time", seen)(given.Provider, asked["nonce"]!)))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            return (await browser.PageAsync("/tilganger")).QuerySelector("main [role=note] a") is { } again && again.GetAttribute("href") == "/logg-inn/start?til=%2Ftilganger&igjen=ja";
        }

        (await IsAskedAgainAsync("&igjen=ja", _ => HostileProvider.Now())).ShouldBeFalse();
        (await IsAskedAgainAsync("", _ => HostileProvider.Now(-60))).ShouldBeFalse();
        (await IsAskedAgainAsync("", _ => HostileProvider.Now(-660))).ShouldBeTrue();
        (await IsAskedAgainAsync("", null)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_code_is_redeemed_with_the_verifier_and_at_the_same_address()
    {
        var (browser, asked) = await BeginAsync();
        IFormCollection? sent = null;
        var code = given.Provider.CodeFor((http, form) =>
        {
            sent = form;
            return HostileProvider.WriteAsync(http, new { id_token = given.Provider.Token(given.Provider.Claims(asked["nonce"]!)), access_token = "x", token_type = "Bearer" });
        });

        (await AnswerAsync(browser, asked, code)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(sent!["code_verifier"].ToString()))).ShouldBe(asked["code_challenge"]);
        sent["redirect_uri"].ToString().ShouldBe(asked["redirect_uri"]);
        sent["grant_type"].ToString().ShouldBe("authorization_code");
        sent.ContainsKey("client_secret").ShouldBeFalse();
        NothingSecretIsLogged(sent["code_verifier"].ToString(), code);
    }

    [Fact]
    public async Task A_code_that_has_been_used_is_refused()
    {
        var (browser, asked) = await BeginAsync();
        var code = given.Provider.CodeFor(given.Provider.Token(given.Provider.Claims(asked["nonce"]!)));
        (await AnswerAsync(browser, asked, code)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var (second, askedAgain) = await BeginAsync();

        await ShouldBeRefusedAsync(second, await AnswerAsync(second, askedAgain, code), HttpStatusCode.BadRequest, "did not take the code");
        given.Site.Log.Lines.ShouldNotContain(l => l.Contains("a description that belongs in no log"));
    }

    [Fact]
    public async Task A_token_of_another_attempt_is_refused()
    {
        var (_, earlier) = await BeginAsync();
        var (browser, asked) = await BeginAsync();

        var answer = await AnswerAsync(browser, asked, given.Provider.CodeFor(given.Provider.Token(given.Provider.Claims(earlier["nonce"]!))));

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.BadRequest, "another nonce");
    }

    [Fact]
    public async Task An_answer_to_a_state_that_was_never_asked_with_is_refused()
    {
        var (browser, _) = await BeginAsync();
        foreach (var query in new[] { "", "?code=x", "?code=x&state=", "?code=x&state=never", "?state=a&state=b&code=x", "?code=x&state=%00", $"?code=x&state={new string('s', 4000)}" })
        {
            var answer = await browser.GetAsync("/logg-inn/svar" + query);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
        }

        (await browser.GetAsync("/tilganger")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&code=one&code=two")]
    public async Task An_answer_without_one_code_is_refused(string query)
    {
        var (browser, asked) = await BeginAsync();

        var answer = await browser.GetAsync($"/logg-inn/svar?state={asked["state"]}{query}");

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.BadRequest, "has no code");
    }

    [Fact]
    public async Task An_answer_that_says_it_is_from_another_provider_is_refused()
    {
        var (browser, asked) = await BeginAsync();
        var code = given.Provider.CodeFor(given.Provider.Token(given.Provider.Claims(asked["nonce"]!)));

        var answer = await browser.GetAsync($"/logg-inn/svar?state={asked["state"]}&code={code}&iss=https%3A%2F%2Fother.test");

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.BadRequest, "from another provider");
    }

    [Fact]
    public async Task A_provider_that_says_it_names_itself_has_to()
    {
        await using var provider = await NewProviderAsync();
        provider.About["authorization_response_iss_parameter_supported"] = true;
        await using var site = await ProductionSite.StartAsync(server, provider.Issuer);
        var (silent, asked) = await BeginAsync(site);
        var code = provider.CodeFor(provider.Token(provider.Claims(asked["nonce"]!)));
        await ShouldBeRefusedAsync(silent, await AnswerAsync(silent, asked, code), HttpStatusCode.BadRequest, "from another provider", site);

        var (named, askedAgain) = await BeginAsync(site);
        var right = provider.CodeFor(provider.Token(provider.Claims(askedAgain["nonce"]!)));
        (await named.GetAsync($"/logg-inn/svar?state={askedAgain["state"]}&code={right}&iss={Uri.EscapeDataString(provider.Issuer)}")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_error_is_told_without_the_providers_words()
    {
        var (browser, asked) = await BeginAsync();

        var answer = await browser.GetAsync($"/logg-inn/svar?state={asked["state"]}&error=access_denied&error_description=%3Cscript%3Ecall%20this%20number%3C%2Fscript%3E");

        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("call this number");
        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.Forbidden, "answered with an error");
        given.Site.Log.Lines.ShouldNotContain(l => l.Contains("call this number"));
    }

    [Fact]
    public async Task Answers_that_are_no_tokens_are_refused()
    {
        foreach (var text in new[] { "", "null", "[]", "{}", "{\"id_token\":1}", "{\"id_token\":\"\\ud800\"}", "{\"\\ud800\":1}", "<html>", "{\"id_token\":\"a\",\"id_token\":\"b\"}" })
        {
            var (browser, asked) = await BeginAsync();
            var answer = await AnswerAsync(browser, asked, given.Provider.CodeFor((http, _) => http.Response.WriteAsync(text)));
            await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.BadRequest, "gave no id token");
        }
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_refused()
    {
        var (browser, asked) = await BeginAsync();

        var answer = await AnswerAsync(browser, asked, given.Provider.CodeFor((http, _) => http.Response.WriteAsync(new string(' ', 300 * 1024) + "{}")));

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.BadRequest, "too large");
    }

    [Fact]
    public async Task An_answer_that_leads_elsewhere_is_not_followed()
    {
        var (browser, asked) = await BeginAsync();
        given.Provider.Elsewhere = new { id_token = given.Provider.Token(given.Provider.Claims(asked["nonce"]!)), access_token = "x", token_type = "Bearer" };

        var answer = await AnswerAsync(browser, asked, given.Provider.CodeFor((http, _) =>
        {
            http.Response.Redirect($"{given.Provider.Issuer}/elsewhere");
            return Task.CompletedTask;
        }));

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.BadRequest, "did not take the code");
    }

    [Fact]
    public async Task A_slow_provider_is_not_waited_for()
    {
        await using var site = await ProductionSite.StartAsync(server, given.Provider.Issuer, ("SignIn:OpenIdConnect:TimeoutSeconds", "1"));
        var (browser, asked) = await BeginAsync(site);

        var answer = await AnswerAsync(browser, asked, given.Provider.CodeFor((http, _) => Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted)));

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.ServiceUnavailable, "does not answer", site);
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_provider_that_is_away_is_told_and_nothing_else_stops()
    {
        await using var provider = await NewProviderAsync();
        var issuer = provider.Issuer;
        await provider.DisposeAsync();
        await using var site = await ProductionSite.StartAsync(server, issuer);
        var browser = site.Browser();

        var answer = await browser.GetAsync("/logg-inn/start");

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.ServiceUnavailable, "does not answer", site);
        (await browser.GetAsync("/logg-inn")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("issuer", "https://other.test", "another issuer")]
    [InlineData("token_endpoint", "http://other.test/token", "not https")]
    [InlineData("authorization_endpoint", "javascript:alert(1)", "not https")]
    [InlineData("jwks_uri", "file:///etc/passwd", "not https")]
    [InlineData("end_session_endpoint", "http://other.test/end", "not https")]
    [InlineData("end_session_endpoint", "https://other.test/ut/å", "not in ASCII")]
    [InlineData("authorization_endpoint", "https://other.test/\r\nSet-Cookie: a=b", "not in ASCII")]
    [InlineData("code_challenge_methods_supported", "plain", "does not know PKCE")]
    public async Task A_provider_that_describes_itself_unsafely_is_not_used(string name, string value, string reason)
    {
        await using var provider = await NewProviderAsync();
        provider.About[name] = name == "code_challenge_methods_supported" ? new[] { value } : value;
        await using var site = await ProductionSite.StartAsync(server, provider.Issuer);
        var browser = site.Browser();

        await ShouldBeRefusedAsync(browser, await browser.GetAsync("/logg-inn/start"), HttpStatusCode.BadRequest, reason, site);
    }

    [Fact]
    public async Task New_keys_are_looked_for_but_not_each_time_somebody_names_an_unknown_one()
    {
        await using var provider = await NewProviderAsync();
        await using var site = await ProductionSite.StartAsync(server, provider.Issuer);
        (await SignInAsync(site, provider)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        provider.TimesAskedForKeys.ShouldBe(1);

        provider.ChangeKey();
        (await SignInAsync(site, provider)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        provider.TimesAskedForKeys.ShouldBe(2);

        for (var attempt = 0; attempt < 3; attempt++)
            (await SignInAsync(site, provider, header: new { alg = "RS256", kid = $"unknown-{attempt}" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        provider.TimesAskedForKeys.ShouldBe(2);
    }

    [Fact]
    public async Task Keys_that_are_too_short_or_not_for_signing_are_passed_over()
    {
        await using var provider = await NewProviderAsync();
        using var small = RSA.Create(1024);
        using var sealing = RSA.Create(2048);
        var parameters = sealing.ExportParameters(false);
        provider.MoreKeys.Add(HostileProvider.RsaKey(small, "small"));
        provider.MoreKeys.Add(new { kty = "RSA", use = "enc", kid = "sealing", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) });
        provider.MoreKeys.Add(new { kty = "oct", kid = "shared", k = "AAAA" });
        provider.MoreKeys.Add("nonsense");
        await using var site = await ProductionSite.StartAsync(server, provider.Issuer);

        (await SignInAsync(site, provider, new { alg = "RS256", kid = "small" }, b => small.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SignInAsync(site, provider, new { alg = "RS256", kid = "sealing" }, b => sealing.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SignInAsync(site, provider)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Keys_that_are_none_vouch_for_nothing()
    {
        await using var provider = await NewProviderAsync();
        var modulus = Base64Url.EncodeToString(provider.Rsa.ExportParameters(false).Modulus);
        var keys = new Dictionary<string, object>
        {
            ["no exponent"] = new { kty = "RSA", kid = "no exponent", n = modulus, e = "" },
            ["zero"] = new { kty = "RSA", kid = "zero", n = modulus, e = "AA" },
            ["one"] = new { kty = "RSA", kid = "one", n = modulus, e = "AQ" },
            ["even"] = new { kty = "RSA", kid = "even", n = modulus, e = "Ag" },
            ["endless exponent"] = new { kty = "RSA", kid = "endless exponent", n = modulus, e = new string('_', 40_000) },
            ["endless modulus"] = new { kty = "RSA", kid = "endless modulus", n = new string('_', 100_000), e = "AQAB" },
            ["off the curve"] = new { kty = "EC", crv = "P-256", kid = "off the curve", x = new string('_', 43), y = new string('_', 43) },
            ["short"] = new { kty = "EC", crv = "P-256", kid = "short", x = "AQ", y = "AQ" },
            ["uneven"] = new { kty = "EC", crv = "P-256", kid = "uneven", x = "AQ", y = new string('A', 86) },
            ["another curve"] = new { kty = "EC", crv = "P-521", kid = "another curve", x = "AQ", y = "AQ" },
            ["numbers"] = new { kty = 1, kid = "numbers", n = 1, e = 1 },
        };
        foreach (var key in keys.Values)
            provider.MoreKeys.Add(key);
        await using var site = await ProductionSite.StartAsync(server, provider.Issuer);

        foreach (var (kid, algorithm) in keys.Keys.SelectMany(kid => new[] { (kid, "RS256"), (kid, "PS256"), (kid, "ES256") }))
        {
            var (browser, asked) = await BeginAsync(site);
            var token = provider.Token(provider.Claims(asked["nonce"]!), new { alg = algorithm, kid });
            await ShouldBeRefusedAsync(browser, await AnswerAsync(browser, asked, provider.CodeFor(token)), HttpStatusCode.BadRequest, "signature", site);
        }
    }

    [Theory]
    [InlineData("role", "1")]
    [InlineData("role", "true")]
    [InlineData("role", "null")]
    [InlineData("role", "\"\"")]
    [InlineData("role", "[]")]
    [InlineData("role", "{\"urn:programme:leader\":true}")]
    [InlineData("role", "[[\"urn:programme:leader\"]]")]
    [InlineData("role", "[\"urn:programme:leader\",1]")]
    [InlineData("role", "\"URN:PROGRAMME:LEADER\"")]
    [InlineData("role", "\"urn:programme:leader \"")]
    [InlineData("role", "\"leadership\"")]
    [InlineData("tenant", "1")]
    [InlineData("tenant", "[]")]
    [InlineData("tenant", "{}")]
    [InlineData("tenant", "[[\"region-ost\"]]")]
    [InlineData("tenant", "[\"region-ost\",null]")]
    [InlineData("tenant", "[\"region-ost\",\"region-vest\"]")]
    [InlineData("tenant", "\"region-ost\\u0000\"")]
    public async Task Claims_of_an_odd_kind_give_nobody_a_place_here(string claim, string value)
    {
        var (browser, asked) = await BeginAsync();
        var token = With(claim, _ => JsonSerializer.Deserialize<JsonElement>(value))(given.Provider, asked["nonce"]!);

        var answer = await AnswerAsync(browser, asked, given.Provider.CodeFor(token));

        await ShouldBeRefusedAsync(browser, answer, HttpStatusCode.Forbidden, claim == "role" ? "no role here" : "no office");
    }

    [Fact]
    public async Task Whoever_waits_for_a_silent_provider_waits_no_longer_when_others_do()
    {
        await using var provider = await NewProviderAsync();
        provider.IsSilent = true;
        // At the end it answers, and a busy machine needs more than a second for that.
        await using var site = await ProductionSite.StartAsync(server, provider.Issuer, ("SignIn:OpenIdConnect:TimeoutSeconds", "5"));
        (await site.Browser().GetAsync("/logg-inn")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => site.Browser().GetAsync("/logg-inn/start")));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.ServiceUnavailable);
        provider.TimesAskedToDescribe.ShouldBeLessThan(8);
        provider.IsSilent = false;
        (await site.Browser().GetAsync("/logg-inn/start")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static string Written(HostileProvider provider, string nonce) => JsonSerializer.Serialize(provider.Claims(nonce));

    private static Func<HostileProvider, string, string> With(string claim, Func<HostileProvider, object>? value) => (provider, nonce) =>
        provider.Token(Changed(provider, nonce, claim, value?.Invoke(provider)));

    private static Dictionary<string, object?> Changed(HostileProvider provider, string nonce, string claim, object? value)
    {
        var claims = provider.Claims(nonce);
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = value;
        return claims;
    }

    private static Func<HostileProvider, string, string> Forged(object? header) => (provider, nonce) =>
    {
        using var own = RSA.Create(2048);
        return provider.Token(provider.Claims(nonce), header, b => own.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    };

    private static string Altered(string token, int part)
    {
        var parts = token.Split('.');
        parts[part] = (parts[part][0] == 'A' ? 'B' : 'A') + parts[part][1..];
        return string.Join('.', parts);
    }

    private static async Task<HostileProvider> NewProviderAsync()
    {
        var provider = new HostileProvider();
        await provider.InitializeAsync();
        return provider;
    }

    private static async Task<HttpResponseMessage> SignInAsync(ProductionSite site, HostileProvider provider, object? header = null, Func<byte[], byte[]>? sign = null)
    {
        var (browser, asked) = await BeginAsync(site);
        return await AnswerAsync(browser, asked, provider.CodeFor(provider.Token(provider.Claims(asked["nonce"]!), header, sign)));
    }

    private Task<(HttpClient Browser, System.Collections.Specialized.NameValueCollection Asked)> BeginAsync() => BeginAsync(given.Site);

    private static async Task<(HttpClient Browser, System.Collections.Specialized.NameValueCollection Asked)> BeginAsync(ProductionSite site, string more = "")
    {
        var browser = site.Browser();
        var begun = await browser.GetAsync("/logg-inn/start?til=/tilganger" + more);
        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return (browser, HttpUtility.ParseQueryString(begun.Headers.Location!.Query));
    }

    private static Task<HttpResponseMessage> AnswerAsync(HttpClient browser, System.Collections.Specialized.NameValueCollection asked, string code) =>
        browser.GetAsync($"/logg-inn/svar?state={asked["state"]}&code={code}");

    private Task ShouldBeRefusedAsync(HttpClient browser, HttpResponseMessage answer, HttpStatusCode status, string reason) =>
        ShouldBeRefusedAsync(browser, answer, status, reason, given.Site);

    private static async Task ShouldBeRefusedAsync(HttpClient browser, HttpResponseMessage answer, HttpStatusCode status, string reason, ProductionSite site)
    {
        answer.StatusCode.ShouldBe(status, string.Join("\n", site.Log.Lines.TakeLast(3)));
        (await answer.PageAsync()).Heading().ShouldBe("Innloggingen lyktes ikke");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("state=");
        site.Log.Lines.Last(l => l.Contains("A sign-in was refused")).ShouldContain(reason);
        (await browser.GetAsync("/tilganger")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private void NothingSecretIsLogged(params string[] secrets)
    {
        foreach (var secret in secrets.Append(SecretSubject).Append(ProductionSite.ClientSecret))
            given.Site.Log.Lines.ShouldNotContain(l => l.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>One site for all: what was refused leaves nothing behind.</summary>
    public sealed class Given(TestServer server) : IAsyncLifetime
    {
        public HostileProvider Provider { get; } = new();

        public ProductionSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Provider.InitializeAsync();
            Site = await ProductionSite.StartAsync(server, Provider.Issuer);
        }

        public async ValueTask DisposeAsync()
        {
            await Site.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }
}
