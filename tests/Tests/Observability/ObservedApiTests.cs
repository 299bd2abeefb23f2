using Xunit;

namespace Marketing.Observability;

/// <summary>
/// The tests that share <see cref="ObservedApiHost"/>. Alone: what listens to metrics and traces hears every engine in the process.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ObservedApiTests : ICollectionFixture<ObservedApiHost>
{
    public const string Name = "observed api";
}
