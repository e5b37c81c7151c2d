using Trading.Projections;

namespace Trading.Read.Parties;

/// <summary>The initiator of the procedure that the OpenAPI document shows.</summary>
internal static class ExampleParty
{
    public static PartyPage Page
    {
        get
        {
            var procedure = ExampleProcedure.Page;
            var (code, name) = (procedure.Initiator!.CreditCode!, procedure.Initiator.Name);
            return new PartyPage(
                code, name, [name],
                [
                    new RoleSummary(
                        PartyRole.Initiator, 1, null, "18500000.00", procedure.RegisteredAt, procedure.RegisteredAt, [new FacetCount("engineering", 1)], $"/v1/procedures?initiator={code}"),
                ],
                [GetParty.Told(procedure, [PartyRole.Initiator])], new PartyLinks($"/v1/parties/{code}"));
        }
    }
}
