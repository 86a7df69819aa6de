using System.Runtime.CompilerServices;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>An optimizer that is one vectorised sweep over the flat parameters, gradients and up to three arrays of state.</summary>
/// <remarks>No step allocates after the first. State that decays below 1.18e-38 is set to 0.</remarks>
public abstract unsafe class FlatOptimizer : Optimizer
{
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

    /// <summary>Writes the state to a safetensors file (a temporary file first, then renamed), to continue training later.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">No step was made yet, so there is no state.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        if (_parameters is null)
            throw new InvalidOperationException("The optimizer has made no step yet: there is no state to save.");
        SafeTensors.Write(path, Tensors(_parameters), ("optimizer", GetType().Name), ("steps", Steps.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        GC.KeepAlive(this);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, for the same kind of optimizer and the same model. Nothing changes unless all fits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">The parameters that will be stepped.</param>
    /// <exception cref="SafeTensorsException">The file is damaged, or its state is of another optimizer or model.</exception>
    public void Load(string path, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var isFirst = _parameters is null;
        Bind(parameters);
        try
        {
            var metadata = SafeTensors.Read(path, Tensors(parameters), ("optimizer", GetType().Name));
            if (!metadata.TryGetValue("steps", out var text) ||
                !long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var steps))
            {
                throw new SafeTensorsException(path, "The metadata has no number of steps.");
            }

            Steps = steps;
        }
        catch when (isFirst)
        {
            // Not tied to a model whose state could not be read.
            _parameters = null;
            throw;
        }

        GC.KeepAlive(this);
    }

    private protected void Sweep<TRule>(ParameterSet parameters, TRule rule)
        where TRule : unmanaged, IUpdateRule
    {
        Bind(parameters);
        Unsafe.SkipInit(out Sweep<TRule> sweep);
        sweep.P = parameters.ValuesStart;
        sweep.G = parameters.GradientsStart;
        sweep.A = _state.Length > 0 ? _state[0].Floats : null;
        sweep.B = _state.Length > 1 ? _state[1].Floats : null;
        sweep.C = _state.Length > 2 ? _state[2].Floats : null;
        sweep.Rule = &rule;
        foreach (var (start, end) in parameters.TrainableRanges)
            sweep.Run(parameters.Team, start, end);
        GC.KeepAlive(parameters);
        GC.KeepAlive(this);
    }

    private void Bind(ParameterSet parameters)
    {
        if (ReferenceEquals(_parameters, parameters))
            return;
        if (_parameters is not null)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} holds the state of another model's parameters ({_parameters.Info.Name}): make one optimizer for each model.");
        }

        _state = new AlignedBuffer[_stateNames.Length];
        for (var i = 0; i < _state.Length; i++)
        {
            _state[i] = AlignedBuffer.OfFloats(parameters.Info.ParameterFloats);
            if (_initialState != 0)
            {
                foreach (var spec in parameters.Info.Parameters)
                    new Span<float>(_state[i].Floats + spec.Offset, spec.Length).Fill(_initialState);
            }
        }

        _parameters = parameters;
    }

    private IEnumerable<SafeTensors.Entry> Tensors(ParameterSet parameters)
    {
        for (var i = 0; i < _stateNames.Length; i++)
        {
            foreach (var spec in parameters.Info.Parameters)
                yield return Tensor(spec, i);
        }
    }

    private SafeTensors.Entry Tensor(ParameterSpec spec, int state) =>
        new($"{spec.Path}.{_stateNames[state]}", spec.Shape, _state[state].Floats + spec.Offset, spec.Length);
}
