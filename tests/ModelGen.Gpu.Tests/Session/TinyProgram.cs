using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu.Tests.Session;

/// <summary>What the generator would write for <see cref="TinyModel"/>.</summary>
public sealed class TinyProgram(ModelInfo info) : GpuProgram(info)
{
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, int>? _logits;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<int>, ArrayView<float>, ArrayView<float>, ArrayView<float>, int>? _loss;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, int>? _gradients;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, int>? _mean;
    private Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, int>? _meanLoss;

    /// <summary>logits, their cotangents and each sample's loss.</summary>
    public override long WorkspaceFloatsPerRow => TinyModel.Out + TinyModel.Out + 1;

    public override long WorkspaceFloatsFixed => 0;

    public override void LoadKernels(KernelLoader loader)
    {
        var specialization = new KernelSpecialization(64, 1);
        _logits = loader.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, int>(TinyKernels.Logits, specialization);
        _loss = loader.LoadKernel<ArrayView<float>, ArrayView<int>, ArrayView<float>, ArrayView<float>, ArrayView<float>, int>(TinyKernels.CrossEntropy,
            specialization);
        _gradients = loader.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, int>(TinyKernels.Gradients, specialization);
        _mean = loader.LoadKernel<ArrayView<float>, ArrayView<float>, int>(TinyKernels.RunningMean, specialization);
        _meanLoss = loader.LoadKernel<ArrayView<float>, ArrayView<float>, int>(TinyKernels.MeanLoss, specialization);
    }

    public override void Train(GpuStep s)
    {
        var groups = (s.N + 63) / 64;
        var logits = s.Workspace.SubView(0, (long)s.N * TinyModel.Out);
        var dLogits = s.Workspace.SubView((long)TinyModel.Out * s.Rows, (long)s.N * TinyModel.Out);
        var losses = s.Workspace.SubView(2L * TinyModel.Out * s.Rows, s.N);
        _logits!(s.Stream, (groups, 64), s.Parameters, s.Floats(0), logits, s.N);
        _loss!(s.Stream, (groups, 64), logits, s.Ints(1), dLogits, losses, s.Parameters, s.N);
        _meanLoss!(s.Stream, (1, 64), losses, s.Loss, s.N);
        _gradients!(s.Stream, (1, 64), dLogits, s.Floats(0), s.Gradients, s.N);
        _mean!(s.Stream, (1, 64), s.Floats(0), s.Buffers, s.N);
    }

    public override void Infer(GpuStep s) => _logits!(s.Stream, ((s.N + 63) / 64, 64), s.Parameters, s.Floats(0), s.Output, s.N);

    public override void Score(GpuStep s)
    {
        Infer(s);
        var dLogits = s.Workspace.SubView((long)TinyModel.Out * s.Rows, (long)s.N * TinyModel.Out);
        var losses = s.Workspace.SubView(2L * TinyModel.Out * s.Rows, s.N);
        _loss!(s.Stream, ((s.N + 63) / 64, 64), s.Output, s.Ints(1), dLogits, losses, s.Parameters, s.N);
        _meanLoss!(s.Stream, (1, 64), losses, s.Loss, s.N);
    }
}
