using System.Net.Http.Headers;
using System.Security.Cryptography;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security.Certificates;
using Org.BouncyCastle.Tsp;

namespace Trading.Log.Stamping;

/// <summary>时间戳服务: says when something was there, by a signature of its own (RFC 3161 over HTTP).</summary>
public sealed class TimeStampAuthority(Uri address, IHttpClientFactory clients)
{
    public const string Client = "time-stamp";

    /// <summary>An answer with a chain of certificates is some kilobytes; more is not read.</summary>
    public const int MostAnswered = 128 * 1024;

    private const int NonceBytes = 16;

    /// <summary>Asks for a time stamp.</summary>
    /// <returns>The authority's answer as it came, after it was found to be one to this question, signed by the certificate it brings.</returns>
    /// <exception cref="HttpRequestException">There was no such answer.</exception>
    public async Task<byte[]> Stamp(byte[] stamped, CancellationToken ct)
    {
        var question = new TimeStampRequestGenerator();
        question.SetCertReq(true);
        var request = question.Generate(TspAlgorithms.Sha256, SHA256.HashData(stamped), new BigInteger(1, RandomNumberGenerator.GetBytes(NonceBytes)));
        using var client = clients.CreateClient(Client);
        using var content = new ByteArrayContent(request.GetEncoded()) { Headers = { ContentType = new MediaTypeHeaderValue("application/timestamp-query") } };
        using var response = await client.PostAsync(address, content, ct);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"The time stamp authority answered {(int)response.StatusCode}.", null, response.StatusCode);
        var answer = await response.Content.ReadAsByteArrayAsync(ct);
        try
        {
            Check(new TimeStampResponse(answer), request);
            return answer;
        }
        catch (Exception wrong) when (wrong is TspException or CmsException or CertificateException or IOException)
        {
            throw new HttpRequestException($"The time stamp authority answered with no time stamp of what was asked: {wrong.Message}", wrong);
        }
    }

    /// <summary>That it stamps the imprint asked for, with our nonce, and is signed; whose certificate to trust is the reader's to say.</summary>
    private static void Check(TimeStampResponse response, TimeStampRequest request)
    {
        response.Validate(request);
        var token = response.TimeStampToken ?? throw new TspException($"it was not granted, {response.GetStatusString()}");
        var signer = token.GetCertificates().EnumerateMatches(token.SignerID).FirstOrDefault() ?? throw new TspException("the certificate that was asked for is missing");
        token.Validate(signer);
    }
}
