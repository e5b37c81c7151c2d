using System.Net;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Intake;

/// <summary>What one instance has recorded holds for those beside it and for those after it.</summary>
public sealed class ReplicaTests
{
    [Fact]
    public async Task keys_hold_over_restarts_and_for_every_replica()
    {
        await using var database = await Database.Create("replicas");
        (string, string) key = ("Idempotency-Key", "\"replica-1\"");
        Answer first;
        await using (var before = await Service.Start("replicas", database))
            first = (await before.Client("publisher").PostText("/v1/procedures", Posted.Body, key)).Expect(HttpStatusCode.Created);

        await using var one = await Service.Start("replicas", database);
        await using var other = await Service.Start("replicas", database);
        foreach (var service in (Service[])[one, other])
        {
            IdempotencyTests.Repeats(first, await service.Client("publisher").PostText("/v1/procedures", Posted.Body, key));
            (await service.Client("publisher").PostText("/v1/procedures", Posted.Body + " ", key)).Refused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        }

        await Race(one.Client("publisher"), other.Client("publisher"), database);
    }

    private static async Task Race(Client one, Client other, Database database)
    {
        var here = await Posted.Register(one, database);
        var there = new Posted(other, database, here.ProcedureId);
        for (var round = 0; round < 10; round++)
        {
            (string, string) key = ("Idempotency-Key", $"\"replicas-race-{round}\"");
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 is 0 ? here : there).Post("plan", Posted.Plan, key)));
            Assert.Single(answers, answer => answer.Status is HttpStatusCode.Created && !answer.Headers.ContainsKey("Idempotency-Replayed"));
            Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.Created), answer => answer.Refused(HttpStatusCode.Conflict, "in-flight"));

            var version = $"\"{round * 2 + 2}\"";
            answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 is 0 ? here : there).Post("plan", Posted.Plan, ("If-Match", version))));
            Assert.Single(answers, answer => answer.Status is HttpStatusCode.Created);
            Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.Created), answer => answer.Refused(HttpStatusCode.PreconditionFailed, "stale-version"));
        }

        Assert.Equal(21, await there.IsDense());
    }
}
