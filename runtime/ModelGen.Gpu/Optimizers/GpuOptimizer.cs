using System.Globalization;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>
/// Provides the base class of optimizers whose state and step are on the device. The formulas are those of the optimizer of the same name on the processor.
/// </summary>
public abstract class GpuOptimizer : IDisposable
{
    private static readonly KernelSpecialization Specialization = new(OptimizerKernels.GroupSize, 1);

    private GpuArenas? _arenas;
    private Action? _settleAll;
    private DeviceArray<float>? _partialSums, _control;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, int, int>? _sumSquares;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, float>? _findScale;
    private int _taken, _unsettled;
    private float _learningRate;
    private bool _isDisposed;

    private protected GpuOptimizer(float learningRate)
    {
        LearningRate = learningRate;
    }

    /// <summary>Gets or sets the step size, which may change between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not a number.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = Require(value, value >= 0, nameof(LearningRate));
    }

    /// <summary>
    /// Gets or sets the largest norm of all trainable gradients together; larger ones are multiplied by GradientClipNorm / (norm + 1e-6). Infinity, the
    /// default, leaves them as they are and saves the pass that finds the norm.
    /// </summary>
    public float GradientClipNorm { get; set; } = float.PositiveInfinity;

    /// <summary>
    /// Gets the number of steps taken: those of batches whose loss was a number. A batch that counts nothing (all of its labels are ignored) changes nothing.
    /// Getting it waits for steps that are under way.
    /// </summary>
    public int StepCount
    {
        get
        {
            if (!_isDisposed)
                _settleAll?.Invoke();
            return _taken;
        }
    }

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
        _settleAll?.Invoke();
        _partialSums?.Dispose();
        _control?.Dispose();
        DisposeState();
        GC.SuppressFinalize(this);
    }

    /// <summary>The bytes that the state of a model takes on the device, where it is not there yet.</summary>
    internal decimal BytesFor(GpuArenas arenas) => _arenas == arenas ? 0 : (decimal)StateArrays * arenas.ParameterFloats * sizeof(float);

    /// <summary>Makes the state and loads the kernels, once.</summary>
    /// <param name="arenas">The session's memory.</param>
    /// <param name="settleAll">Waits until each step's loss is known.</param>
    internal void Attach(GpuArenas arenas, Action settleAll)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_arenas == arenas)
            return;
        if (_arenas is not null)
            throw new InvalidOperationException($"This {GetType().Name} has state of another session: make one optimizer for each.");
        var link = arenas.Link;
        _partialSums = new(link, "The norm of the gradients");
        _partialSums.EnsureAtLeast(OptimizerKernels.GroupSize);
        _control = new(link, "The state of the optimizer");
        _control.EnsureAtLeast(OptimizerKernels.ControlLength);
        _control.Clear();
        var loader = new KernelLoader(link);
        _sumSquares = loader.LoadKernel<ArrayView<float>, ArrayView<float>, int, int>(OptimizerKernels.SumSquares, Specialization);
        _findScale = loader.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, int, float>(OptimizerKernels.FindScale, Specialization);
        Load(arenas, loader);
        loader.Load();
        (_arenas, _settleAll) = (arenas, settleAll);
    }

    /// <summary>Queues a step.</summary>
    /// <param name="loss">The loss of its batch, on the device: where that is no number, nothing is changed.</param>
    internal void Step(ArrayView<float> loss)
    {
        // Whether the step before counts is known to the device, and not here: it takes the numbers of one of two steps.
        if (_unsettled > 1)
            throw new InvalidOperationException("More than one step is under way whose loss nobody has looked at.");
        var arenas = _arenas!;
        var stream = arenas.Link.Stream;
        // Without a limit the scale is one; the kernel that writes it costs less than a second version of each update.
        var isLimited = !float.IsPositiveInfinity(GradientClipNorm);
        if (isLimited)
        {
            _partialSums!.Clear();
            foreach (var (offset, length) in arenas.TrainableRanges)
            {
                var groups = Math.Min(OptimizerKernels.GroupSize, Groups(length));
                _sumSquares!(stream, (groups, OptimizerKernels.GroupSize), arenas.Gradients, _partialSums.View, offset, length);
            }
        }

        _findScale!(stream, (1, OptimizerKernels.GroupSize), _partialSums!.View, _control!.View, loss, isLimited ? 1 : 0, GradientClipNorm);
        foreach (var (offset, length) in arenas.TrainableRanges)
            Update(arenas, _control.View, _taken + 1, _taken + 1 + _unsettled, offset, length);
        _unsettled++;
    }

    /// <summary>The loss of the oldest step under way is known.</summary>
    internal void Settle(bool isTaken)
    {
        _unsettled--;
        if (isTaken)
            _taken++;
    }

    private protected static int Groups(int length) => (int)(((long)length + OptimizerKernels.GroupSize - 1) / OptimizerKernels.GroupSize);

    private protected static float Require(float value, bool isValid, string name) => isValid
        ? value
        : throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}."));

    /// <summary>The arrays as long as the parameters that it keeps.</summary>
    private protected abstract int StateArrays { get; }

    private protected abstract void Load(GpuArenas arenas, KernelLoader loader);

    /// <summary>Changes a part of the parameters.</summary>
    /// <param name="arenas">The session's memory.</param>
    /// <param name="control">What <see cref="OptimizerKernels.FindScale"/> wrote.</param>
    /// <param name="stepAfterNone">The number of this step, from 1, if the step before did not count.</param>
    /// <param name="stepAfterOne">The number if it did.</param>
    /// <param name="offset">The first element.</param>
    /// <param name="length">How many.</param>
    private protected abstract void Update(GpuArenas arenas, ArrayView<float> control, int stepAfterNone, int stepAfterOne, int offset, int length);

    private protected abstract void DisposeState();
}
