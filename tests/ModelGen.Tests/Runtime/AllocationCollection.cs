namespace ModelGen.Tests.Runtime;

/// <summary>Tests that count the allocations of the whole process run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AllocationCollection
{
    public const string Name = "Allocations";
}
