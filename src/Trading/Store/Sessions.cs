using Marten;

namespace Trading.Store;

/// <summary>Sessions that ask take their connections from another pool than those that record.</summary>
public sealed class Sessions(IDocumentStore writes, [FromKeyedServices(Pool.Reads)] IDocumentStore reads) : ISessionFactory
{
    public IQuerySession QuerySession() => reads.QuerySession();

    public IDocumentSession OpenSession() => writes.LightweightSession();
}
