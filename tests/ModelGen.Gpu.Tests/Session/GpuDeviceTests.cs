using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace ModelGen.Gpu.Tests.Session;

/// <summary>Devices by name, on the double and on ILGPU's own search, whatever this machine has.</summary>
public sealed class GpuDeviceTests
{
    [Fact]
    public void Open_OfNamedCpu_Opens()
    {
        using var device = GpuDevice.Open("CPU:0");
        Assert.Equal(GpuBackend.Cpu, device.Backend);
        Assert.Contains("(Cpu, ", device.ToString());

        // ILGPU says long.MaxValue.
        Assert.InRange(device.MemoryBytes, 1L << 20, 1L << 50);
        Assert.InRange(device.FreeMemoryBytes, 1, device.MemoryBytes);
    }

    [Fact]
    public void Open_OfAMissingDevice_SaysWhatWasTriedAndWhatIsThere()
    {
        var error = Assert.Throws<GpuUnavailableException>(() => GpuDevice.Open(GpuBackend.Cpu, 5));
        Assert.Equal(["Cpu: there is no device 5, the last is 0."], error.Tried);
        Assert.StartsWith("There is no device \"cpu:5\". Cpu: there is no device 5, the last is 0. ", error.Message);
        Assert.Contains(error.Available, device => device.Setting == "cpu:0");
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("best")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1:2")]
    [InlineData("auto:1")]
    [InlineData("")]
    [InlineData("3")]
    public void Open_OfANameThatIsNone_ListsTheNames(string name)
    {
        Assert.Contains("auto, cuda, opencl or cpu", Assert.Throws<ArgumentException>(() => GpuDevice.Open(name)).Message);
        Assert.False(GpuDevice.IsName(name));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("cuda:1")]
    [InlineData("OpenCL")]
    [InlineData("cpu")]
    public void IsName_OfWhatOpenTakes(string name) => Assert.True(GpuDevice.IsName(name));

    [Fact]
    public void All_ListsEachDeviceOnce_TheSimulatorLast()
    {
        var all = GpuDevice.All;
        Assert.Equal(GpuBackend.Cpu, all[^1].Backend);
        Assert.Single(all, device => device.Backend == GpuBackend.Cpu);
        Assert.Equal(all.Count, all.Select(device => device.Setting).Distinct().Count());
        Assert.All(all, device =>
        {
            Assert.NotEqual("", device.Name);
            Assert.InRange(device.MemoryBytes, 1L << 20, 1L << 50);
            Assert.StartsWith($"{device.Setting} {device.Name}, ", device.ToString());
        });
        using var last = all[^1].Open();
        Assert.Equal(all[^1].Name, last.Name);
    }

    [Theory]
    [InlineData("cuda", GpuBackend.Cuda)]
    [InlineData("opencl", GpuBackend.OpenCL)]
    public void Open_OfABackend_GivesThatBackendOrTheReason(string name, GpuBackend backend)
    {
        if (GpuDevice.All.Any(device => device.Backend == backend))
        {
            using var device = GpuDevice.Open(name);
            Assert.Equal(backend, device.Backend);
            return;
        }

        var error = Assert.Throws<GpuUnavailableException>(() => GpuDevice.Open(name));
        Assert.StartsWith($"There is no device \"{name}\". {backend}: ", error.Message);
        Assert.EndsWith(".", Assert.Single(error.Tried));
        Assert.DoesNotContain("no device found", error.Message);
    }

    [Fact]
    public void ContextOfIlgpu_ThatFindsNothing_OffersTheProcessor()
    {
        if (GpuDevice.All.Any(device => device.Backend == GpuBackend.Cuda))
            return;
        using var context = Context.Create(builder => builder.Cuda());
        Assert.Equal(AcceleratorType.CPU, Assert.Single(context.Devices).AcceleratorType);
    }

    [Fact]
    public void Open_WithoutAGpu_IsNoSimulator()
    {
        if (GpuDevice.All.Any(device => device.Backend != GpuBackend.Cpu))
            return;
        var error = Assert.Throws<GpuUnavailableException>(() => GpuDevice.Open());
        Assert.Equal(2, error.Tried.Count);
        Assert.Contains("train the model itself", error.Message);
        Assert.Contains("\"cpu\"", error.Message);
        Assert.Equal(error.Message, Assert.Throws<GpuUnavailableException>(() => GpuDevice.Open("auto")).Message);
    }
}
