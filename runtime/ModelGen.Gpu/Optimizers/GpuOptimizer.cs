using System.Globalization;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>
/// An optimizer whose state and step are on the device. The formulas are those of the optimizer of the same name on the processor.
/// </summary>
public abstract class GpuOptimizer : IDisposable
{
    private static readonly KernelSpecialization Specialization = new(OptimizerKernels.GroupSize, 1);

    private GpuArenas? _arenas;
    private DeviceArray<float>? _partialSums, _scale;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, int, int>? _sumSquares;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, int, float>? _findScale;
    private float _learningRate;
    private bool _isDisposed;

    private protected GpuOptimizer(float learningRate)
    {
        LearningRate = learningRate;
    }

    /// <summary>The step size; may change between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not a number.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = Require(value, value >= 0, nameof(LearningRate));
    }

    /// <summary>
    /// The largest norm of all trainable gradients together; larger ones are multiplied by GradientClipNorm / (norm + 1e-6). Infinity, the
    /// default, leaves them alone and saves the pass that finds the norm.
    /// </summary>
    public float GradientClipNorm { get; set; } = float.PositiveInfinity;

    /// <summary>The steps taken.</summary>
    public int StepCount { get; private set; }

    /// <summary>The optimizer of the host's rule and numbers; null where the device has none of that kind.</summary>
    internal static GpuOptimizer? For(Optimizer optimizer) => optimizer switch
    {
        Sgd sgd => new GpuSgd(sgd.LearningRate, sgd.Momentum, sgd.Dampening, sgd.Nesterov, sgd.WeightDecay),
        Adam adam => new GpuAdam(adam.LearningRate, adam.Beta1, adam.Beta2, adam.Eps, adam.WeightDecay),
        AdamW adam => new GpuAdamW(adam.LearningRate, adam.Beta1, adam.Beta2, adam.Eps, adam.WeightDecay),
        _ => null,
    };

    /// <summary>Frees the state on the device.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _arenas?.Stream.Synchronize();
        _partialSums?.Dispose();
        _scale?.Dispose();
        DisposeState();
        GC.SuppressFinalize(this);
    }

    internal void Attach(GpuArenas arenas)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_arenas == arenas)
            return;
        if (_arenas is not null)
            throw new InvalidOperationException($"This {GetType().Name} has state of another session: make one optimizer for each.");
        _arenas = arenas;
        _partialSums = new(arenas.Accelerator, arenas.Stream);
        _partialSums.EnsureAtLeast(OptimizerKernels.GroupSize);
        _scale = new(arenas.Accelerator, arenas.Stream);
        _scale.EnsureAtLeast(1);
        _sumSquares = arenas.Accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, int, int>(OptimizerKernels.SumSquares, Specialization);
        _findScale = arenas.Accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, int, float>(OptimizerKernels.FindScale, Specialization);
        Load(arenas);
    }

    internal void Step()
    {
        var arenas = _arenas!;
        StepCount++;
        // Without a limit the scale is one; the kernel that writes it costs less than a second version of each update.
        var isLimited = !float.IsPositiveInfinity(GradientClipNorm);
        _partialSums!.Clear();
        if (isLimited)
        {
            foreach (var (offset, length) in arenas.TrainableRanges)
            {
                var groups = Math.Min(OptimizerKernels.GroupSize, Groups(length));
                _sumSquares!(arenas.Stream, (groups, OptimizerKernels.GroupSize), arenas.Gradients, _partialSums.View, offset, length);
            }
        }

        _findScale!(arenas.Stream, (1, OptimizerKernels.GroupSize), _partialSums.View, _scale!.View, isLimited ? 1 : 0, GradientClipNorm);
        foreach (var (offset, length) in arenas.TrainableRanges)
            Update(arenas, _scale.View, offset, length);
    }

    private protected static int Groups(int length) => (int)(((long)length + OptimizerKernels.GroupSize - 1) / OptimizerKernels.GroupSize);

    private protected static float Require(float value, bool isValid, string name) => isValid
        ? value
        : throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}."));

    private protected abstract void Load(GpuArenas arenas);

    private protected abstract void Update(GpuArenas arenas, ArrayView<float> scale, int offset, int length);

    private protected abstract void DisposeState();
}
