using System.Text.Json.Nodes;

namespace Trading.Ocds;

/// <summary>OCDS 1.1 release package.</summary>
/// <param name="Uri">Where this package is read again.</param>
/// <param name="Version">Of the standard.</param>
/// <param name="PublishedDate">When its latest release was recorded.</param>
/// <param name="License">Of the data.</param>
/// <param name="Extensions">Declared extensions of the standard, by the address of their extension.json.</param>
/// <param name="Releases">In the order of their positions in the feed; within a process in the order of their dates.</param>
public sealed record ReleasePackage(
    string Uri, string Version, string PublishedDate, PackagePublisher Publisher, string? License, string? PublicationPolicy,
    IReadOnlyList<string> Extensions, IReadOnlyList<JsonObject> Releases, PackageLinks? Links = null);

/// <summary>OCDS 1.1 record package.</summary>
/// <param name="Uri">Where this package is read again.</param>
/// <param name="Version">Of the standard.</param>
/// <param name="PublishedDate">When the latest of its releases was recorded.</param>
/// <param name="License">Of the data.</param>
/// <param name="Extensions">Declared extensions of the standard, by the address of their extension.json.</param>
/// <param name="Records">In the order of the first position of each process in the feed.</param>
public sealed record RecordPackage(
    string Uri, string Version, string PublishedDate, PackagePublisher Publisher, string? License, string? PublicationPolicy,
    IReadOnlyList<string> Extensions, IReadOnlyList<JsonObject> Records, PackageLinks? Links = null);

/// <param name="Name">Of the publisher.</param>
/// <param name="Uri">Of the service.</param>
public sealed record PackagePublisher(string Name, string Uri);

/// <summary>The extension "pagination" of the standard.</summary>
/// <param name="Next">The page that follows; absent as long as there is none.</param>
public sealed record PackageLinks(string? Next = null);

/// <summary>Puts releases and records into packages.</summary>
internal static class Packages
{
    public const string Version = "1.1";

    private const string Registry = "https://raw.githubusercontent.com/open-contracting-extensions/";

    /// <summary>By what their addresses end with; the texts judged by lie in <c>tests/independent/ocds</c>.</summary>
    private static readonly string[] Official =
    [
        "ocds_lots_extension", "ocds_bid_extension", "ocds_enquiry_extension", "ocds_bidOpening_extension", "ocds_unstructuredChanges_extension",
        "ocds_contract_suppliers_extension", "ocds_contract_completion_extension", "ocds_pagination_extension",
    ];

    public static ReleasePackage OfReleases(Publisher publisher, Uri service, string path, IReadOnlyList<JsonObject> releases, string? next = null) => new(
        new Uri(service, path).AbsoluteUri, Version, Latest(releases), Named(publisher, service), publisher.License?.AbsoluteUri, publisher.PublicationPolicy?.AbsoluteUri,
        Extensions(service), releases, Links(service, next));

    public static RecordPackage OfRecords(Publisher publisher, Uri service, string path, IReadOnlyList<JsonObject> records, string? next = null) => new(
        new Uri(service, path).AbsoluteUri, Version, Latest(records.Select(record => record["compiledRelease"]!.AsObject())), Named(publisher, service),
        publisher.License?.AbsoluteUri, publisher.PublicationPolicy?.AbsoluteUri, Extensions(service), records, Links(service, next));

    // All dates are written alike, so that they sort as text.
    private static string Latest(IEnumerable<JsonObject> releases) => releases.Select(release => (string)release["date"]!).Max(StringComparer.Ordinal)!;

    private static PackagePublisher Named(Publisher publisher, Uri service) => new(publisher.Name, service.AbsoluteUri);

    private static PackageLinks? Links(Uri service, string? next) => next is null ? null : new PackageLinks(new Uri(service, next).AbsoluteUri);

    private static IReadOnlyList<string> Extensions(Uri service) =>
    [
        .. Official.Select(name => $"{Registry}{name}/master/extension.json"),
        .. OwnExtensions.Names.Select(name => new Uri(service, $"v1/ocds/extensions/{name}/extension.json").AbsoluteUri),
    ];
}
