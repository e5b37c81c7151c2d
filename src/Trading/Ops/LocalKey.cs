using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Ops;

/// <summary>
/// The key of an embedded start and the tokens signed with it, for trying the service out on one machine. A production start names an
/// authority instead and has no such files.
/// </summary>
public sealed class LocalKey
{
    public const string Issuer = "trading-embedded";
    public const string Audience = "trading";

    /// <summary>The centre the local publisher and reviewer belong to; invented, its code is valid.</summary>
    public const string CentreCode = "12420500MB0000019P";

    public const string CentreName = "示例市公共资源交易中心";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly string directory;

    public LocalKey(string directory)
    {
        this.directory = Directory.CreateDirectory(directory).FullName;
        SigningKey = new SymmetricSecurityKey(ReadOrCreate(Path.Combine(this.directory, "signing.key")));
    }

    public SymmetricSecurityKey SigningKey { get; }

    /// <summary>One token for each role, valid for the whole country and a year of real time: <c>tokens.json</c>.</summary>
    public void WriteTokens() => Write(
        Path.Combine(directory, "tokens.json"),
        JsonSerializer.SerializeToUtf8Bytes(
            Role.All.ToDictionary(role => role, role => Token(role, role, CentreCode, CentreName, RegionPrefix.Everywhere.ToString())),
            Readable));

    public string Token(string subject, string role, string? centre, string? centreName, string? region)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { ["sub"] = subject, [Role.Claim] = role };
        if (centre is not null && role is Role.Publisher or Role.Reviewer)
        {
            claims["centre"] = centre!;
            claims["centre_name"] = centreName!;
        }

        if (region is not null) claims["region"] = region;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddDays(365),
            Claims = claims,
            SigningCredentials = new SigningCredentials(SigningKey, SecurityAlgorithms.HmacSha256),
        });
    }

    private static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path)) Write(path, RandomNumberGenerator.GetBytes(32));
        return File.ReadAllBytes(path);
    }

    private static void Write(string path, byte[] content)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(fresh, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
