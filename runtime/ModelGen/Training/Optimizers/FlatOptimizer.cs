using System.Globalization;
using System.Runtime.CompilerServices;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>Provides the base class of optimizers that are one vectorised sweep over the flat parameters, gradients and up to three arrays of state.</summary>
/// <remarks>No step allocates after the first. State that decays below 1.18e-38 is set to 0.</remarks>
public abstract unsafe class FlatOptimizer : Optimizer
{
    // More than anyone makes; from here on counting on would leave the range.
    private const long MostSteps = 1L << 53;

    private readonly string[] _stateNames;
    private readonly float _initialState;
    private AlignedBuffer[] _state = [];
    private ParameterSet? _parameters;

    private protected FlatOptimizer(float learningRate, float initialState, params string[] stateNames)
        : base(learningRate)
    {
        _stateNames = stateNames;
        _initialState = initialState;
    }

    /// <summary>
    /// Writes the state to a safetensors file, whole or not at all, as <see cref="SafeTensors.Save(string, ParameterSet)"/> does, so that training can
    /// be continued later.
    /// </summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="InvalidOperationException">No step was made yet, so there is no state.</exception>
    /// <exception cref="IOException">The file cannot be written, or the path is a folder, a pipe or a device.</exception>
    public void Save(string path)
    {
        if (_parameters is null)
            throw new InvalidOperationException("The optimizer has made no step yet: there is no state to save.");
        SafeTensors.Write(path, Tensors(_parameters, _state), ("optimizer", GetType().Name), ("steps", Steps.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Reads what <see cref="Save"/> wrote, for the same kind of optimizer and the same model. Nothing changes unless everything fits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">The parameters that will be stepped.</param>
    /// <exception cref="SafeTensorsException">The file is damaged, or its state is of another optimizer or model.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The optimizer has served another set before.</exception>
    /// <exception cref="ObjectDisposedException">The model of the parameters was disposed.</exception>
    public void Load(string path, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ThrowIfOfAnother(parameters);
        _ = parameters.Arenas;

        // State that nobody has yet is filled apart: the optimizer is not tied to a model whose state could not be read.
        var state = _parameters is null ? NewState(parameters) : _state;
        var steps = 0L;
        SafeTensors.Read(path, Tensors(parameters, state), metadata => steps = StepsOf(path, metadata));
        (_state, _parameters, Steps) = (state, parameters, steps);
    }

    /// <inheritdoc/>
    internal override IEnumerable<SafeTensors.Entry> SavedState() => _parameters is null ? [] : Tensors(_parameters, _state);

    /// <inheritdoc/>
    internal override IEnumerable<SafeTensors.Entry> StateToLoad(ParameterSet parameters, long steps, out Action commit)
    {
        ThrowIfOfAnother(parameters);
        if (steps == 0)
        {
            commit = () => (_state, _parameters, Steps) = ([], null, 0);
            return [];
        }

        var state = NewState(parameters);
        commit = () => (_state, _parameters, Steps) = (state, parameters, steps);
        return Tensors(parameters, state);
    }

    private protected void Sweep<TRule>(ParameterSet parameters, TRule rule)
        where TRule : unmanaged, IUpdateRule
    {
        Bind(parameters);
        Unsafe.SkipInit(out Sweep<TRule> sweep);
        var (arenas, state) = (parameters.Arenas, _state);
        sweep.P = arenas.Values.Floats;
        sweep.G = arenas.Gradients.Floats;
        sweep.A = state.Length > 0 ? state[0].Floats : null;
        sweep.B = state.Length > 1 ? state[1].Floats : null;
        sweep.C = state.Length > 2 ? state[2].Floats : null;
        sweep.Rule = &rule;
        foreach (var (start, end) in parameters.TrainableRanges)
            sweep.Run(parameters.Team, start, end);
        GC.KeepAlive(arenas);
        GC.KeepAlive(state);
    }

    private void Bind(ParameterSet parameters)
    {
        if (ReferenceEquals(_parameters, parameters))
            return;
        ThrowIfOfAnother(parameters);
        (_state, _parameters) = (NewState(parameters), parameters);
    }

    private void ThrowIfOfAnother(ParameterSet parameters)
    {
        if (_parameters is null || ReferenceEquals(_parameters, parameters))
            return;
        throw new InvalidOperationException(
            $"This {GetType().Name} holds the state of another model's parameters ({_parameters.Info.Name}): make one optimizer for each model.");
    }

    private AlignedBuffer[] NewState(ParameterSet parameters)
    {
        var state = new AlignedBuffer[_stateNames.Length];
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = AlignedBuffer.OfFloats(parameters.Info.ParameterFloats);
            if (_initialState != 0)
            {
                foreach (var spec in parameters.Info.Parameters)
                    state[i].Span<float>(spec.Offset, spec.Length).Fill(_initialState);
            }
        }

        return state;
    }

    // Steps are counted on from there, and their number is an exponent.
    private long StepsOf(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("optimizer", out var kind) || kind != GetType().Name)
            throw new SafeTensorsException(path, $"The metadata 'optimizer' is '{kind}', expected '{GetType().Name}'.");
        return metadata.TryGetValue("steps", out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) && steps < MostSteps
            ? steps
            : throw new SafeTensorsException(path, $"The metadata 'steps' is '{text}', expected the number of steps made.");
    }

    private IEnumerable<SafeTensors.Entry> Tensors(ParameterSet parameters, AlignedBuffer[] state)
    {
        for (var i = 0; i < _stateNames.Length; i++)
        {
            foreach (var spec in parameters.Info.Parameters)
                yield return Tensor(spec, i, state);
        }
    }

    private SafeTensors.Entry Tensor(ParameterSpec spec, int index, AlignedBuffer[] state) =>
        new($"{spec.Path}.{_stateNames[index]}", spec.Shape, state[index], spec.Offset, spec.Length);
}
