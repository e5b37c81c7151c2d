using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Routing.Template;

namespace Trading.Intake.Rehearsing;

/// <summary>The use cases that can be rehearsed, found by the addresses they are mapped to.</summary>
public sealed class UseCases(IServiceProvider services)
{
    public const string Registration = "/v1/procedures";

    // Found when first asked for: only then is every address mapped.
    private readonly Lazy<IReadOnlyList<UseCase>> all = new(() =>
    [
        .. from route in services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
           let definition = route.Metadata.GetMetadata<EndpointDefinition>()
           where definition?.EndpointType.IsAssignableTo(typeof(IRehearsable)) is true
           select new UseCase(
               definition.EndpointType, (IValidator)Activator.CreateInstance(definition.ValidatorType!)!,
               new TemplateMatcher(TemplateParser.Parse(route.RoutePattern.RawText!), [])),
    ]);

    /// <summary>The use case at an address, with the ids in it; null where there is none.</summary>
    public (UseCase UseCase, RouteValueDictionary Address)? At(string path)
    {
        foreach (var useCase in all.Value)
        {
            var address = new RouteValueDictionary();
            if (useCase.Address.TryMatch(new PathString(path), address) && address.Values.All(id => Guid.TryParse((string?)id, out _))) return (useCase, address);
        }

        return null;
    }
}

/// <param name="Endpoint">The endpoint's class.</param>
public sealed record UseCase(Type Endpoint, IValidator Validator, TemplateMatcher Address)
{
    public IRehearsable Make(IServiceProvider services) => (IRehearsable)ActivatorUtilities.CreateInstance(services, Endpoint);
}
