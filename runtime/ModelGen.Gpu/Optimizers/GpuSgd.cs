using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>
/// Implements stochastic gradient descent: g += w p; b = momentum b + (1 - dampening) g, in the first step b = g; p -= lr b, or with Nesterov p -= lr (g +
/// momentum b).
/// </summary>
public sealed class GpuSgd : GpuOptimizer
{
    private static readonly KernelSpecialization Specialization = new(OptimizerKernels.GroupSize, 1);

    private readonly float _momentum, _dampening, _weightDecay;
    private readonly bool _nesterov;
    private DeviceArray<float>? _velocity;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, float, float, int, int>? _plain;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, SgdConstants, int, int>? _update;

    /// <summary>Initializes a new instance of the <see cref="GpuSgd"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="momentum">Momentum, in [0, 1); 0 needs no state.</param>
    /// <param name="dampening">Dampening of the momentum.</param>
    /// <param name="nesterov">Looks ahead; needs momentum without dampening.</param>
    /// <param name="weightDecay">w.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">Nesterov without momentum, or with dampening.</exception>
    public GpuSgd(float learningRate, float momentum = 0f, float dampening = 0f, bool nesterov = false, float weightDecay = 0f)
        : base(learningRate)
    {
        _momentum = Require(momentum, momentum is >= 0 and < 1, nameof(momentum));
        _dampening = Require(dampening, dampening is >= 0 and <= 1, nameof(dampening));
        _weightDecay = Require(weightDecay, weightDecay >= 0, nameof(weightDecay));
        if (nesterov && (momentum == 0 || dampening != 0))
            throw new ArgumentException("Nesterov needs a momentum and no dampening.", nameof(nesterov));
        _nesterov = nesterov;
    }

    private protected override int StateArrays => _momentum == 0 ? 0 : 1;

    private protected override void Load(GpuArenas arenas, KernelLoader loader)
    {
        if (_momentum == 0)
        {
            _plain = loader.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, float, float, int, int>(OptimizerKernels.PlainSgd, Specialization);
            return;
        }

        _velocity = new(arenas.Link, "The velocities of SGD");
        _velocity.EnsureAtLeast(arenas.ParameterFloats);
        _velocity.Clear();
        _update = loader.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, SgdConstants, int, int>(
            OptimizerKernels.Sgd, Specialization);
    }

    private protected override void Update(GpuArenas arenas, ArrayView<float> control, int stepAfterNone, int stepAfterOne, int offset, int length)
    {
        KernelConfig config = (Groups(length), OptimizerKernels.GroupSize);
        if (_plain is not null)
        {
            _plain(arenas.Link.Stream, config, arenas.Parameters, arenas.Gradients, control, LearningRate, _weightDecay, offset, length);
            return;
        }

        var constants = new SgdConstants
        {
            LearningRate = LearningRate,
            Momentum = _momentum,
            Share = Share(stepAfterNone),
            ShareAfterOne = Share(stepAfterOne),
            WeightDecay = _weightDecay,
            IsNesterov = _nesterov ? 1 : 0,
        };
        _update!(arenas.Link.Stream, config, arenas.Parameters, arenas.Gradients, _velocity!.View, control, constants, offset, length);
    }

    private float Share(int step) => step == 1 ? 1f : 1f - _dampening;

    private protected override void DisposeState() => _velocity?.Dispose();
}
