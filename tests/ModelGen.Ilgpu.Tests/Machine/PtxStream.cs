using ILGPU.Runtime;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>Everything on the machine happens at once, so there is nothing to wait for.</summary>
internal sealed class PtxStream(Accelerator accelerator) : AcceleratorStream(accelerator)
{
    public override void Synchronize()
    {
    }

    protected override ProfilingMarker AddProfilingMarkerInternal() => new Marker(Accelerator);

    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }

    private sealed class Marker(Accelerator accelerator) : ProfilingMarker(accelerator)
    {
        public override void Synchronize()
        {
        }

        public override TimeSpan MeasureFrom(ProfilingMarker marker) => TimeSpan.Zero;

        protected override void DisposeAcceleratorObject(bool disposing)
        {
        }
    }
}
