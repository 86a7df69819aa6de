namespace ModelGen.Gpu.Tests.Session;

/// <summary>The device that tests of sessions run on: <c>MODELGEN_TEST_DEVICE</c>, or the double or simulator.</summary>
internal static class TestDevice
{
    /// <summary>Its name.</summary>
    public static string Name { get; } = Environment.GetEnvironmentVariable("MODELGEN_TEST_DEVICE") is { Length: > 0 } name ? name : "cpu";

    /// <summary>Whether it is ILGPU's simulator, which takes a second for a step: one thread of the system for each of the GPU's.</summary>
    public static bool IsSlow => typeof(ILGPU.Context).Assembly.GetName().Name == "ILGPU" && Name.StartsWith("cpu", StringComparison.OrdinalIgnoreCase);

    public static GpuDevice Open() => GpuDevice.Open(Name);
}

/// <summary>A test of many steps.</summary>
internal sealed class ManyStepsFactAttribute : FactAttribute
{
    public ManyStepsFactAttribute() => Skip = TestDevice.IsSlow ? "Too slow on ILGPU's simulator: name a device in MODELGEN_TEST_DEVICE." : null;
}

/// <summary>A test of many steps, with cases.</summary>
internal sealed class ManyStepsTheoryAttribute : TheoryAttribute
{
    public ManyStepsTheoryAttribute() => Skip = TestDevice.IsSlow ? "Too slow on ILGPU's simulator: name a device in MODELGEN_TEST_DEVICE." : null;
}
