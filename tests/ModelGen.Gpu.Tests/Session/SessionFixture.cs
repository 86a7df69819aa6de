namespace ModelGen.Gpu.Tests.Session;

/// <summary>A session on the double (or on <see cref="TestDevice"/>), and the same model on the processor.</summary>
public abstract class SessionFixture : IDisposable
{
    private readonly GpuDevice _device = TestDevice.Open();

    protected SessionFixture() => Session = new GpuSession<TinyModel>(new TinyModel(), _device);

    protected GpuSession<TinyModel> Session { get; }

    protected TinyModel Host { get; } = new();

    public void Dispose()
    {
        Session.Dispose();
        _device.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance = 1e-6f)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"element {i}: expected {expected[i]}, got {actual[i]}");
        }
    }
}
