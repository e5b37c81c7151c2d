using Trading.Ocds;

namespace Trading.Ops;

/// <summary>How the publisher of OCDS packages is configured: <c>Ocds:Publisher</c>, <c>:Address</c>, <c>:License</c>, <c>:PublicationPolicy</c>.</summary>
internal static class Publishers
{
    private const string Unnamed = "公共资源交易平台";

    public static Publisher Read(IConfigurationSection section, List<string> wrong)
    {
        if (Address("Address") is { } service && !service.AbsolutePath.EndsWith('/')) wrong.Add("Ocds:Address must end with a slash.");
        return new Publisher(section["Publisher"] ?? Unnamed, Address("Address"), Address("License"), Address("PublicationPolicy"));

        Uri? Address(string name)
        {
            if (section[name] is not { } text) return null;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
            if (!wrong.Contains(Wrong(name))) wrong.Add(Wrong(name));
            return null;
        }
    }

    private static string Wrong(string name) => $"Ocds:{name} must be an http or https address.";
}
