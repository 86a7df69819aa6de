using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>
/// Implements Adam (Kingma and Ba 2015, algorithm 1): g += w p; m = β₁ m + (1 - β₁) g; v = β₂ v + (1 - β₂) g²; p -= lr (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) +
/// ε).
/// </summary>
public class GpuAdam : GpuOptimizer
{
    private static readonly KernelSpecialization Specialization = new(OptimizerKernels.GroupSize, 1);

    private readonly float _beta1, _beta2, _epsilon, _weightDecay;
    private readonly bool _isDecoupled;
    private DeviceArray<float>? _m, _v;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, AdamConstants,
        int, int>? _update;

    /// <summary>Initializes a new instance of the <see cref="GpuAdam"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">w, added to the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public GpuAdam(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0f)
        : this(learningRate, beta1, beta2, epsilon, weightDecay, isDecoupled: false)
    {
    }

    private protected GpuAdam(float learningRate, float beta1, float beta2, float epsilon, float weightDecay, bool isDecoupled)
        : base(learningRate)
    {
        _beta1 = Require(beta1, beta1 is >= 0 and < 1, nameof(beta1));
        _beta2 = Require(beta2, beta2 is >= 0 and < 1, nameof(beta2));
        _epsilon = Require(epsilon, epsilon >= 0, nameof(epsilon));
        _weightDecay = Require(weightDecay, weightDecay >= 0, nameof(weightDecay));
        _isDecoupled = isDecoupled;
    }

    private protected sealed override int StateArrays => 2;

    private protected sealed override void Load(GpuArenas arenas, KernelLoader loader)
    {
        _m = new(arenas.Link, "The first moments of Adam");
        _v = new(arenas.Link, "The second moments of Adam");
        _m.EnsureAtLeast(arenas.ParameterFloats);
        _v.EnsureAtLeast(arenas.ParameterFloats);
        _m.Clear();
        _v.Clear();
        _update = loader.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, AdamConstants, int, int>(
            OptimizerKernels.Adam, Specialization);
    }

    private protected sealed override void Update(GpuArenas arenas, ArrayView<float> control, int stepAfterNone, int stepAfterOne, int offset, int length)
    {
        var constants = new AdamConstants
        {
            StepSize = StepSize(stepAfterNone),
            StepSizeAfterOne = StepSize(stepAfterOne),
            Beta1 = _beta1,
            Rest1 = (float)(1 - (double)_beta1),
            Beta2 = _beta2,
            Rest2 = (float)(1 - (double)_beta2),
            RootScale = RootScale(stepAfterNone),
            RootScaleAfterOne = RootScale(stepAfterOne),
            Epsilon = _epsilon,
            GradientDecay = _isDecoupled ? 0f : _weightDecay,
            Keep = _isDecoupled ? 1f - (LearningRate * _weightDecay) : 1f,
        };
        _update!(
            arenas.Link.Stream, (Groups(length), OptimizerKernels.GroupSize), arenas.Parameters, arenas.Gradients, _m!.View, _v!.View, control,
            constants, offset, length);
    }

    private float StepSize(int step) => (float)(LearningRate / (1 - Math.Pow(_beta1, step)));

    private float RootScale(int step) => (float)(1 / Math.Sqrt(1 - Math.Pow(_beta2, step)));

    private protected sealed override void DisposeState()
    {
        _m?.Dispose();
        _v?.Dispose();
    }
}
