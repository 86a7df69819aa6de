namespace ModelGen.Gpu.Tests.Session;

public sealed class GpuDeviceTests
{
    [Fact]
    public void Open_OfNamedCpu_Opens()
    {
        using var device = GpuDevice.Open("CPU:0");
        Assert.Equal(GpuBackend.Cpu, device.Backend);
        Assert.Contains("(Cpu, ", device.ToString());
    }

    [Fact]
    public void Open_OfAMissingDevice_SaysWhatWasTried()
    {
        var error = Assert.Throws<GpuUnavailableException>(() => GpuDevice.Open(GpuBackend.Cpu, 5));
        Assert.Equal(["Cpu: there is no device 5, the last is 0."], error.Tried);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("cuda:1:2")]
    [InlineData("")]
    [InlineData("3")]
    public void Open_OfANameThatIsNone_ListsTheNames(string name) =>
        Assert.Contains("best, cuda, opencl or cpu", Assert.Throws<ArgumentException>(() => GpuDevice.Open(name)).Message);

    [Fact]
    public void Open_OfTheBestDevice_FallsBackToTheCpu()
    {
        using var device = GpuDevice.Open();
        Assert.Equal("ILGPU test double", device.Name);
        Assert.Contains("no device found", Assert.Throws<GpuUnavailableException>(() => GpuDevice.Open("cuda")).Message);
    }
}
