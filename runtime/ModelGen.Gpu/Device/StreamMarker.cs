using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace ModelGen.Gpu;

/// <summary>A place in a stream's work that the host or another stream waits for, and not for what is queued behind it. Used again and again.</summary>
internal abstract class StreamMarker : IDisposable
{
    /// <summary>A marker for streams of a device.</summary>
    public static StreamMarker On(AcceleratorStream stream) => stream switch
    {
        CudaStream => new CudaMarker(stream.Accelerator),
        CLStream => new CLMarker(),
        _ => new PlainMarker(),
    };

    /// <summary>Marks what is queued so far.</summary>
    public abstract void Record(AcceleratorStream stream);

    /// <summary>Waits until what was marked is done; where nothing was, not at all.</summary>
    public abstract void Wait();

    /// <summary>Has what is queued on a stream from here on wait for it.</summary>
    public abstract void Delay(AcceleratorStream stream);

    public abstract void Dispose();

    private sealed class CudaMarker(Accelerator accelerator) : StreamMarker
    {
        private nint _event;
        private bool _isSet;

        public override void Record(AcceleratorStream stream)
        {
            using var binding = accelerator.BindScoped();
            if (_event == 0)
                _event = CudaDriver.CreateEvent();
            CudaDriver.Record(_event, ((CudaStream)stream).StreamPtr);
            _isSet = true;
        }

        public override void Wait()
        {
            using var binding = accelerator.BindScoped();
            if (_isSet)
                CudaDriver.Wait(_event);
        }

        public override void Delay(AcceleratorStream stream)
        {
            using var binding = accelerator.BindScoped();
            if (_isSet)
                CudaDriver.Delay(((CudaStream)stream).StreamPtr, _event);
        }

        public override void Dispose()
        {
            if (_event == 0)
                return;
            using var binding = accelerator.BindScoped();
            CudaDriver.Destroy(_event);
            _event = 0;
        }
    }

    private sealed class CLMarker : StreamMarker
    {
        private nint _event;

        public override void Record(AcceleratorStream stream)
        {
            Dispose();
            _event = OpenCLDriver.Record(((CLStream)stream).CommandQueue);
        }

        public override void Wait()
        {
            if (_event != 0)
                OpenCLDriver.Wait(_event);
        }

        public override void Delay(AcceleratorStream stream)
        {
            if (_event != 0)
                OpenCLDriver.Delay(((CLStream)stream).CommandQueue, _event);
        }

        public override void Dispose()
        {
            if (_event == 0)
                return;
            OpenCLDriver.Release(_event);
            _event = 0;
        }
    }

    /// <summary>ILGPU's own marker, which has no wait between streams: the host waits, for the simulator's streams run by themselves.</summary>
    private sealed class PlainMarker : StreamMarker
    {
        private ProfilingMarker? _marker;

        public override void Record(AcceleratorStream stream)
        {
            Dispose();
            _marker = stream.AddProfilingMarker();
        }

        public override void Wait() => _marker?.Synchronize();

        public override void Delay(AcceleratorStream stream) => Wait();

        public override void Dispose() => _marker?.Dispose();
    }
}
