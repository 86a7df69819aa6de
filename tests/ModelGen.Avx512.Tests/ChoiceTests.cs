using System.Reflection;

namespace ModelGen.Avx512.Tests;

/// <summary>That leaving tests out does not leave kernels untested.</summary>
public class ChoiceTests
{
    /// <summary>The tests of this project are those of ModelGen.Tests, whose models take the kernels of sixteen lanes where the processor has them.</summary>
    [Fact]
    public void EveryTestOfThisProject_IsOneOfModelGenTests_OrOfTheEmulation()
    {
        var own = typeof(ChoiceTests).Assembly.GetTypes().Where(t => t.GetMethods().Any(m => m.GetCustomAttributes<FactAttribute>().Any()))
            .Select(t => t.Namespace).Distinct();

        Assert.All(own, n => Assert.True(n == typeof(ChoiceTests).Namespace || n!.StartsWith("ModelGen.Tests", StringComparison.Ordinal), n));
    }

    [Fact]
    public void TheRuntimeOfThisProject_TakesPanelsOfSixteenLanes_WhateverTheProcessor()
    {
        Assert.Equal(typeof(ChoiceTests).Assembly, typeof(ModelGen.Runtime.Panels).Assembly);
        Assert.Equal(64, ModelGen.Runtime.Panels.Width);
    }
}
