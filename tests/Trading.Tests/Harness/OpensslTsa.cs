using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>A time stamp authority made of <c>openssl ts</c>, with a certificate of its own, and openssl as the judge of what is stamped.</summary>
internal sealed class OpensslTsa : IAsyncDisposable
{
    private const string Configuration = """
        [tsa]
        default_tsa = made
        [made]
        serial = serial
        signer_cert = tsa.pem
        signer_key = tsa.key
        signer_digest = sha256
        digests = sha256
        default_policy = 1.2.3.4.1
        ess_cert_id_alg = sha256
        [req]
        distinguished_name = name
        x509_extensions = stamping
        [name]
        [stamping]
        extendedKeyUsage = critical,timeStamping
        basicConstraints = critical,CA:FALSE
        """;

    private readonly string directory;
    private Loopback? server;

    private OpensslTsa(string directory) => this.directory = directory;

    public Uri Address => server!.Address;

    public int Asked => server!.Asked.Count;

    /// <summary>Changes a question before it is answered.</summary>
    public Func<byte[], byte[]> Hear { get; set; } = question => question;

    /// <summary>Changes an answer before it is sent.</summary>
    public Func<byte[], byte[]> Say { get; set; } = answer => answer;

    public static async Task<OpensslTsa> Start()
    {
        var tsa = new OpensslTsa(Directory.CreateTempSubdirectory("trading-tsa-").FullName);
        await File.WriteAllTextAsync(tsa.In("cnf"), Configuration, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(tsa.In("serial"), "01\n", TestContext.Current.CancellationToken);
        Assert.True(await tsa.Openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem", "-days", "2", "-subj", "/CN=tsa.example", "-config", "cnf"));
        tsa.server = await Loopback.Start(tsa.Answer);
        return tsa;
    }

    /// <summary>Whether openssl finds the answer to be a time stamp of the file.</summary>
    public Task<bool> Verifies(string file, string answer) => Openssl("ts", "-verify", "-data", file, "-in", answer, "-CAfile", "tsa.pem");

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task Answer(HttpContext http)
    {
        Assert.Equal("application/timestamp-query", http.Request.ContentType);
        using var question = new MemoryStream();
        await http.Request.Body.CopyToAsync(question);
        await File.WriteAllBytesAsync(In("question"), Hear(question.ToArray()));
        Assert.True(await Openssl("ts", "-reply", "-config", "cnf", "-section", "made", "-queryfile", "question", "-out", "answer"));
        http.Response.ContentType = "application/timestamp-reply";
        await http.Response.Body.WriteAsync(Say(await File.ReadAllBytesAsync(In("answer"))));
    }

    private async Task<bool> Openssl(params string[] arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = openssl.StandardError.ReadToEndAsync();
        await openssl.StandardOutput.ReadToEndAsync();
        await openssl.WaitForExitAsync();
        await errors;
        return openssl.ExitCode is 0;
    }

    private string In(string name) => Path.Combine(directory, name);
}
