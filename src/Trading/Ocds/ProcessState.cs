using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Ocds;

/// <summary>What the public knows of a contracting process, in the words of OCDS. It grows notice by notice.</summary>
/// <param name="process">The procedure.</param>
/// <param name="service">Where this service is read.</param>
internal sealed class ProcessState(Guid process, Uri service)
{
    private readonly Dictionary<string, List<Reached>> courses = [];
    private readonly Dictionary<Guid, INoticed> told = [];

    public JsonObject Json { get; } = [];

    public Uri Service => service;

    public JsonObject Planning => Json.At("planning");

    public JsonObject Tender => Json.At("tender").Set("id", process.ToString());

    public JsonObject Bids => Json.At("bids");

    /// <summary>The public fact of a notice, if there is one.</summary>
    public INoticed? Fact(Guid notice) => told.GetValueOrDefault(notice);

    public void Tell(INoticed fact) => told[fact.Notice.NoticeId] = fact;

    public JsonObject Lot(LotId lot)
    {
        if (!courses.ContainsKey(lot.ToString())) courses[lot.ToString()] = [];
        return Tender.Item("lots", lot.ToString());
    }

    /// <summary>A contract that is spoken of; one that was never published belongs to an award that is not known.</summary>
    public JsonObject Contract(Guid id)
    {
        var contract = Json.Item("contracts", id.ToString());
        if (contract["awardID"] is null) contract["awardID"] = id.ToString();
        return contract;
    }

    /// <summary>The award of a lot that stands, the last one.</summary>
    public JsonObject? AwardOf(LotId lot, bool made = false) => Json.Items("awards").LastOrDefault(award =>
        (string?)award["status"] is { } status && (status is "active" || (!made && status is "unsuccessful"))
        && award["relatedLots"] is JsonArray lots && lots.Any(l => (string?)l == lot.ToString()));

    public JsonObject? Bid(LotId lot, NamedParty bidder) => Bids.Find("details", BidId(lot, bidder));

    public JsonObject AddBid(LotId lot, Party bidder) => Bids.Item("details", BidId(lot, bidder.Named))
        .Set("tenderers", new JsonArray(this.Refer(bidder, "tenderer")))
        .Set("relatedLots", [lot]);

    public IEnumerable<JsonObject> BidsFor(LotId lot) =>
        Bids.Items("details").Where(bid => bid["relatedLots"] is JsonArray lots && lots.Any(l => (string?)l == lot.ToString()));

    public void Step(IEnumerable<LotId> lots, string status, Notice by)
    {
        foreach (var lot in lots)
        {
            Lot(lot);
            courses[lot.ToString()].Add(new Reached(status, by.NoticeId));
        }
    }

    /// <summary>The lot is where it was before its last step.</summary>
    public void Back(LotId lot)
    {
        Lot(lot);
        if (courses[lot.ToString()] is [.., var last] steps) steps.Remove(last);
    }

    /// <summary>Every lot is where it was before this notice.</summary>
    public void Undo(Guid notice)
    {
        foreach (var steps in courses.Values) steps.RemoveAll(step => step.By == notice);
    }

    /// <summary>Says where lots and tender stand.</summary>
    public void Settle()
    {
        foreach (var (lot, steps) in courses) Tender.Item("lots", lot).Set("status", steps.Count > 0 ? steps[^1].Status : "planned");
        if (courses.Count > 0) Tender.Set("status", Whole([.. Tender.Items("lots").Select(lot => (string)lot["status"]!)]));
    }

    private static string Whole(HashSet<string> lots) => lots switch
    {
        _ when lots.Contains("active") => "active",
        _ when lots.Contains("planned") => lots.Contains("complete") ? "active" : "planned",
        _ when lots.Contains("complete") => "complete",
        _ when lots.Contains("unsuccessful") => "unsuccessful",
        _ when lots.Contains("cancelled") => "cancelled",
        _ => "withdrawn",
    };

    private static string BidId(LotId lot, NamedParty bidder) => $"{lot}-{Organizations.IdOf(bidder)}";

    private sealed record Reached(string Status, Guid By);
}
