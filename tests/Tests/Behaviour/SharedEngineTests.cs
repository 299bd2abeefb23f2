using Xunit;

namespace Marketing.Behaviour;

/// <summary>The classes that share <see cref="SharedEngine"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SharedEngineTests : ICollectionFixture<SharedEngine>
{
    public const string Name = "engine";
}
