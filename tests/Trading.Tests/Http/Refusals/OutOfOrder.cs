using System.Net;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>What comes too early, too late, or against the order of the law.</summary>
internal static class OutOfOrder
{
    public static IEnumerable<Refusal> Cases =>
    [
        .. Early(Routes.Clarification, "change.lot-not-out", Scene.Registered), .. Early(Routes.Extension, "lot.missing", Scene.Registered),
        .. Early(Routes.Resumption, "change.not-suspended", Scene.Registered, Scene.Announced, Scene.Evaluated, Scene.Contracted),
        .. Early(Routes.Opening, "opening.lot-not-announced", Scene.Registered, Scene.Evaluated, Scene.Awarded, Scene.Contracted),
        .. Early(Routes.Candidates, "evaluation.bids-not-opened", Scene.Registered, Scene.Announced, Scene.Due, Scene.Awarded, Scene.Contracted),
        .. Early(Routes.Awards, "award.lot-not-ready", Scene.Registered, Scene.Announced, Scene.Due, Scene.Opened, Scene.Contracted),
        .. Early(Routes.AwardCancellation, "award.not-awarded", Scene.Registered, Scene.Announced, Scene.Opened, Scene.Evaluated, Scene.Contracted),
        .. Early(Routes.Contracts, "contract.lot-not-awarded", Scene.Registered, Scene.Announced, Scene.Opened, Scene.Evaluated),
        .. Early(Routes.Closure, "ending.lots-open", Scene.Registered, Scene.Announced, Scene.Opened, Scene.Evaluated, Scene.Awarded),
        .. Early(Routes.Termination, "ending.lot-not-out", Scene.Registered),
        .. Early(Routes.Termination, "ending.lot-awarded", Scene.Awarded, Scene.Contracted),
        .. Early(Routes.Qualification, "qualification.lot-not-out", Scene.Registered, Scene.Awarded, Scene.Contracted),

        .. Late(Routes.Plan, "plan.already-announced", Scene.Announced, Scene.Opened, Scene.Contracted),
        .. Late(Routes.Announcement, "announcement.lot-already-out", Scene.Due, Scene.Opened, Scene.Evaluated, Scene.Awarded, Scene.Contracted),
        .. Late(Routes.Prequalification, "announcement.lot-already-out", Scene.Due, Scene.Opened, Scene.Contracted),
        .. Late(Routes.Clarification, "change.deadline-passed", Scene.Due), .. Late(Routes.Clarification, "change.lot-not-out", Scene.Opened, Scene.Contracted),
        .. Late(Routes.Extension, "change.deadline-passed", Scene.Due),

        .. Ended(Scene.Closed), .. Ended(Scene.Terminated),
        .. new[]
        {
            Routes.Plan, Routes.Announcement, Routes.Prequalification, Routes.Clarification, Routes.Extension, Routes.Qualification, Routes.Opening,
            Routes.Candidates, Routes.Awards, Routes.AwardCancellation, Routes.Contracts, Routes.Closure,
        }.Select(route => new Refusal(route, "while suspended", Conflict, "wrong-stage") { At = Scene.Suspended, Rule = "procedure.suspended" }),

        Unlawful(Routes.Announcement, "a deadline in the past", "/submission/deadline", "2026-05-31T09:00:00+08:00", "announcement.deadline-past"),
        Unlawful(Routes.Announcement, "an opening before the deadline", "/opening/at", "2026-06-30T09:00:00+08:00", "announcement.opening-before-deadline"),
        Unlawful(Routes.Prequalification, "a deadline in the past", "/submission/deadline", "2026-05-31T09:00:00+08:00", "announcement.deadline-past"),
        Unlawful(Routes.SoleSource, "publicity in the past", "/publicity/until", "2026-05-31T09:00:00+08:00", "announcement.publicity-past", ("/publicity/from", "2026-05-20")),
        Unlawful(Routes.Extension, "a deadline that is not later", "/submission/deadline", "2026-07-01T09:00:00+08:00", "change.deadline-not-later"),
        Unlawful(Routes.Extension, "a deadline in the past", "/submission/deadline", "2026-05-31T09:00:00+08:00", null),
        Unlawful(Routes.Opening, "opened in the future", "/openedAt", "2026-06-02T09:00:00+08:00", "opening.in-future"),
        Unlawful(Routes.Opening, "opened before the deadline", "/openedAt", "2026-03-23T08:59:59+08:00", "opening.before-deadline"),
        Unlawful(Routes.Opening, "a late bid", "/bids/0/submittedAt", "2026-03-23T09:00:01+08:00", "opening.late-bid"),
        Unlawful(Routes.Candidates, "publicity in the past", "/publicity/until", "2026-05-31", "evaluation.publicity-past", ("/publicity/from", "2026-05-20")),
        Unlawful(Routes.Candidates, "a report of the future", "/evaluationReportReceivedAt", "2026-06-02T09:00:00+08:00", "evaluation.report-in-future"),
        Unlawful(Routes.Candidates, "a candidate who made no bid", "/lots/0/candidates/0/bidder/creditCode", "91420500MA4AAAA41U", "evaluation.candidate-did-not-bid"),
        Unlawful(Routes.Candidates, "a price above the ceiling", "/lots/0/candidates/0/price/amount", "18500000.01", "evaluation.above-ceiling"),
        Unlawful(Routes.Awards, "decided in the future", "/decidedAt", "2026-06-02T09:00:00+08:00", "award.decided-in-future"),
        Unlawful(Routes.Awards, "decided while the publicity ran", "/decidedAt", "2026-03-28T17:00:00+08:00", "R-T-12"),
        Unlawful(Routes.Awards, "a supplier who was no candidate", "/results/0/supplier/creditCode", "91420500MA4AAAA41U", "award.not-a-candidate"),
        Unlawful(Routes.Contracts, "signed in the future", "/signedOn", "2026-06-02", "contract.signed-in-future"),
        Unlawful(Routes.Contracts, "another supplier", "/supplier/creditCode", "91420500MA4AAAA256", "contract.other-supplier"),
        Unlawful(Routes.Amendment, "signed in the future", "/signedOn", "2026-06-02", "contract.signed-in-future"),
        Unlawful(Routes.ContractTermination, "ended in the future", "/terminatedOn", "2026-06-02", "contract.terminated-in-future"),
        Unlawful(Routes.Performance, "in the future", "/occurredOn", "2026-06-02", "performance.occurred-in-future"),
        Unlawful(Routes.Acceptance, "in the future", "/acceptedOn", "2026-06-02", "performance.occurred-in-future"),
        Unlawful(Routes.Termination, "decided in the future", "/decidedAt", "2026-06-02T09:00:00+08:00", "ending.decided-in-future"),
        Unlawful(Routes.Objections, "received in the future", "/receivedAt", "2026-06-02T09:00:00+08:00", "objection.received-in-future"),
        Unlawful(Routes.ObjectionAnswer, "answered in the future", "/answeredAt", "2026-06-02T09:00:00+08:00", "objection.answered-in-future"),
        Unlawful(Routes.ObjectionAnswer, "answered before it was received", "/answeredAt", "2026-05-29T09:00:00+08:00", "objection.answered-before-received"),
        Unlawful(Routes.Register, "a class of another category", "/classCode", "D01", "plan.class-code-other-category"),
        new(Routes.SoleSource, "not of a sole source", UnprocessableEntity, "rule-refused") { At = Scene.Registered, Rule = "announcement.not-sole-source" },
        new(Routes.Opening, "while an objection is open", UnprocessableEntity, "rule-refused") { At = Scene.Objected, Rule = "procedure.objection-open" },
        new(Routes.Withdrawal, "a notice that stands", UnprocessableEntity, "rule-refused") { At = Scene.Opened, Rule = "ending.notice-stands" },

        .. Routes.Steps.Where(route => route != Routes.Objections && route != Routes.ObjectionAnswer && route != Routes.Erasure).SelectMany(Unreviewed),
        .. Routes.Steps.Where(route => route.Body!.Contains("\"lots\":[\"001\"]", StringComparison.Ordinal)).Select(route =>
            new Refusal(route, "a lot of no procedure", UnprocessableEntity, "rule-refused")
            {
                Body = route.Body!.Replace("\"lots\":[\"001\"]", "\"lots\":[\"999\"]", StringComparison.Ordinal), Rule = "lot.unknown",
            }),
    ];

    private static IEnumerable<Refusal> Early(Route route, string rule, params string[] places) => At(route, "too early", rule, places);

    private static IEnumerable<Refusal> Late(Route route, string rule, params string[] places) => At(route, "too late", rule, places);

    private static IEnumerable<Refusal> At(Route route, string title, string rule, string[] places) => places.Select(place =>
        new Refusal(route, $"{title}, {place}", Conflict, "wrong-stage") { At = place, Rule = rule });

    /// <summary>Nothing goes on after the end, save the answer to an objection and what protects persons.</summary>
    private static IEnumerable<Refusal> Ended(string place) =>
        from route in Routes.Steps.Except([Routes.ObjectionAnswer, Routes.Erasure, Routes.Disclosure, Routes.SoleSource, Routes.Amendment, Routes.Performance, Routes.Acceptance, Routes.ContractTermination])
        where route != Routes.Closure || place != Scene.Closed
        where route != Routes.Termination || place != Scene.Terminated
        select new Refusal(route, "after the end, " + place, Conflict, "wrong-stage") { At = place, Rule = "procedure.ended" };

    /// <summary>Nothing is published without a passed review for secrets.</summary>
    private static IEnumerable<Refusal> Unreviewed(Route route) =>
    [
        new(route, "no word of disclosure", UnprocessableEntity, "rule-refused") { Body = route.Without("/disclosure"), Rule = "disclosure.review-missing" },
        Unlawful(route, "a review that was not passed", "/disclosure/secrecyReview/result", "refused", "disclosure.review-not-passed"),
        Unlawful(route, "a review of the future", "/disclosure/secrecyReview/reviewedAt", "2026-06-02T09:00:00+08:00", "disclosure.review-in-future"),
    ];

    private static Refusal Unlawful(Route route, string title, string pointer, string value, string? rule, params (string Pointer, string Value)[] also) =>
        new(route, title, (HttpStatusCode)422, "rule-refused")
        {
            Body = also.Aggregate(route.Set(pointer, value), (body, change) => body.Set(change.Pointer, change.Value)), Rule = rule,
        };
}
