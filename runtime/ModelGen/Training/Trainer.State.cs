using System.Globalization;
using ModelGen.Runtime;

namespace ModelGen;

/// <content>Saving and going on.</content>
public sealed partial class Trainer<TModel>
{
    private const string Version = "1";

    private TrainingHistory? _history;
    private TrainingHistory? _resumedHistory;
    private TrainerState? _loaded;
    private int? _fitStart;
    private int? _resumedFit;

    /// <summary>
    /// Saves all that training needs to go on with the same bits: weights, running statistics, the optimizer's state and learning rate, the epoch and the place
    /// in it, seeds, gradients that are being accumulated, the history, and what the callbacks remember. It is one safetensors file, written whole or not at
    /// all; a model loads its weights from it.
    /// </summary>
    /// <remarks>
    /// It may be called between two calls of Fit, and by a callback or listener after a step or an epoch (<see cref="PeriodicCheckpoint"/> does that).
    /// Schedules follow from the number of the step, and the order of samples and what dropout drops from the seed and their numbers.
    /// </remarks>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A step is under way.</exception>
    /// <exception cref="NotSupportedException">The state of the optimizer is on a device, or the optimizer is of a kind of the person's own.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Model is ITrainingDevice)
            throw new NotSupportedException($"{Model.Info.Name} makes whole steps on a device, and the state of its optimizer stays there.");
        if (_open is not null && _stepsUnderWay > 0)
            throw new InvalidOperationException("A step is under way: save after it.");
        if (Optimizer.SavedState() is not { } optimizerState)
            throw new NotSupportedException($"{Optimizer.GetType().Name} does not give its state away; the optimizers of the library do.");
        var state = State();
        var entries = SafeTensors.Entries(Model.Parameters)
            .Concat(optimizerState.Select(entry => entry.Named(SafeTensors.TrainerPrefix + "optimizer/" + entry.Name)))
            .Concat(state.Arrays.Select(pair => Entry(pair.Key, pair.Value)));
        SafeTensors.Write(path, entries, [.. state.Texts.Select(pair => (SafeTensors.TrainerPrefix + pair.Key, pair.Value))]);
    }

    /// <summary>
    /// Reads what <see cref="Save"/> wrote; the next call of Fit goes on from there. Nothing changes unless everything fits. Set the trainer up as it was: its
    /// schedule, callbacks (they are told apart by their kinds and order) and settings are the program's.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafeTensorsException">The file is damaged, is none of a trainer, or is of another model or optimizer.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The optimizer has served another model.</exception>
    /// <exception cref="NotSupportedException">The model is on a device, or the optimizer is of a kind of the person's own.</exception>
    public void Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Model is ITrainingDevice)
            throw new NotSupportedException($"{Model.Info.Name} makes whole steps on a device, and the state of its optimizer stays there.");
        var state = new TrainerState();
        Action commit = () => { };
        TrainerNumbers numbers = default;
        TrainingHistory? history = null;
        RunningEpoch? open = null;
        var arrays = new List<SafeTensors.Entry>();
        SafeTensors.Read(path, header =>
        {
            try
            {
                foreach (var (key, text) in header.Metadata.Where(pair => pair.Key.StartsWith(SafeTensors.TrainerPrefix, StringComparison.Ordinal)))
                    state.Set(key[SafeTensors.TrainerPrefix.Length..], text);
                numbers = TrainerNumbers.From(state, Optimizer, Version);
                history = state.Has("history") ? TrainingHistory.FromJson(state.Text("history")) : null;
                open = state.Has("open/steps") ? OpenEpoch(state) : null;
            }
            catch (FormatException e)
            {
                throw new SafeTensorsException(path, $"It is no file of this trainer: {e.Message}");
            }

            var optimizerState = Optimizer.StateToLoad(Model.Parameters, numbers.OptimizerSteps, out commit)
                ?? throw new NotSupportedException($"{Optimizer.GetType().Name} takes no state; the optimizers of the library do.");
            var optimizerPrefix = SafeTensors.TrainerPrefix + "optimizer/";
            foreach (var (name, tensor) in header.Tensors)
            {
                if (name.StartsWith(SafeTensors.TrainerPrefix, StringComparison.Ordinal) && !name.StartsWith(optimizerPrefix, StringComparison.Ordinal))
                    arrays.Add(Entry(name[SafeTensors.TrainerPrefix.Length..], new float[tensor.Shape.Aggregate(1L, (product, size) => product * size)]));
            }

            return SafeTensors.Entries(Model.Parameters).Concat(optimizerState.Select(entry => entry.Named(optimizerPrefix + entry.Name))).Concat(arrays);
        });
        Model.Parameters.NoteChange();
        commit();
        foreach (var array in arrays)
            state.Set(array.Name[SafeTensors.TrainerPrefix.Length..], array.Values);
        Optimizer.LearningRate = numbers.LearningRate;
        (_epoch, _step, _updates, SkippedSteps) = (numbers.Epoch, numbers.Step, numbers.Updates, numbers.Skipped);
        (_resumedFit, _resumedHistory, _loaded, _open) = (numbers.FitStart, history, state, open);
        (_fitStart, _history) = (numbers.FitStart, history);
        RestoreSum(state);
    }

    private TrainerState State()
    {
        var state = new TrainerState();
        new TrainerNumbers(Optimizer.Steps, Optimizer.LearningRate, _epoch, _step, _updates, SkippedSteps, _fitStart).Put(state, Optimizer, Version);
        state.Set("model", Model.Info.Name);
        if (_history is not null)
            state.Set("history", _history.ToJson());
        if (_open is { } open)
        {
            var part = new TrainerState();
            part.Set("steps", open.Steps);
            part.Set("samples", open.Samples);
            part.Set("seconds", open.Seconds);
            part.Set("loss", open.Loss);
            part.Set("plan", Text(open.Plan));
            part.Set("total_samples", open.Total.Samples);
            for (var i = 0; i < open.Total.Sums.Length; i++)
                part.Set(FormattableString.Invariant($"total_{i}"), open.Total.Sums[i]);
            state.Add("open/", part);
        }

        if (_batchesInSum > 0)
        {
            state.Set("sum/samples", _samplesInSum);
            state.Set("sum/batches", _batchesInSum);
            state.Set("sum/gradients", _gradientSum!.Span<float>(0, Model.Info.ParameterFloats));
        }

        foreach (var (key, callback) in KeysOf(Callbacks))
        {
            var part = new TrainerState();
            callback.SaveState(part);
            state.Add(key, part);
        }

        return state;
    }

    private RunningEpoch OpenEpoch(TrainerState state)
    {
        var part = state.Part("open/");
        var total = new LossTotal(Model.Info);
        var sums = new double[total.Sums.Length];
        for (var i = 0; i < sums.Length; i++)
            sums[i] = part.Number(FormattableString.Invariant($"total_{i}"));
        total.Restore(sums, part.Integer("total_samples"));
        var plan = part.Text("plan").Split(' ').Select(word => ulong.TryParse(word, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"The saved 'plan' is '{part.Text("plan")}', expected whole numbers.")).ToArray();
        if (plan.Length != 6)
            throw new FormatException($"The saved 'plan' is '{part.Text("plan")}', expected 6 whole numbers.");
        if (part.Integer("steps") is var steps && (steps < 1 || steps > (long)plan[2]))
            throw new FormatException(FormattableString.Invariant($"The saved epoch has made {steps} steps of {plan[2]}."));
        return new RunningEpoch(new EpochPlan((int)plan[0], (int)plan[1], (int)plan[2], plan[3] != 0, plan[4], (int)plan[5]), total)
        {
            Steps = (int)steps,
            Samples = (int)part.Integer("samples"),
            Seconds = part.Number("seconds"),
            Loss = (float)part.Number("loss"),
        };
    }

    private void RestoreSum(TrainerState state)
    {
        ClearSum();
        if (state.Array("sum/gradients") is not { } sum || sum.Length != Model.Info.ParameterFloats)
            return;
        _gradientSum ??= AlignedBuffer.OfFloats(Model.Info.ParameterFloats);
        sum.CopyTo(_gradientSum.Span<float>(0, sum.Length));
        (_samplesInSum, _batchesInSum) = (state.Integer("sum/samples"), (int)state.Integer("sum/batches"));
    }

    // An epoch of a file goes on with the same batches or not at all; one that was cancelled here gives way to the next.
    private void CheckOpenEpoch(BatchLoader loader)
    {
        if (_open is null || _open.Plan == Plan(loader))
            return;
        if (_loaded is not null)
        {
            throw new ArgumentException(
                $"Epoch {_epoch} of the loaded file cannot go on: it had {Words(_open.Plan)}; now there are {Words(Plan(loader))}.");
        }

        _open = null;
        ClearSum();

        static string Words(EpochPlan plan) => FormattableString.Invariant(
            $"{plan.Samples} samples in batches of {plan.BatchSize}, {plan.Steps} steps, {(plan.Shuffle ? "shuffled" : "in order")}, seed {plan.Seed}, ")
            + FormattableString.Invariant($"{plan.AccumulateSteps} batches to a step of the optimizer");
    }

    private void LoadCallbacks()
    {
        if (_loaded is not { } loaded)
            return;
        var keys = KeysOf(Callbacks).ToArray();
        var prefixes = keys.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var name in loaded.Texts.Keys.Where(name => name.StartsWith("callback/", StringComparison.Ordinal)))
        {
            var key = name[..(name.IndexOf('/', "callback/".Length) + 1)];
            if (!prefixes.Contains(key))
            {
                throw new InvalidOperationException(
                    $"The loaded file has the state of {key["callback/".Length..^1]}, which is not among the trainer's callbacks "
                        + $"({string.Join(", ", Callbacks.Select(callback => callback.GetType().Name))}).");
            }
        }

        foreach (var (key, callback) in keys)
        {
            var part = loaded.Part(key);
            if (part.Texts.Count + part.Arrays.Count > 0)
                callback.LoadState(part);
        }

        _loaded = null;
    }

    // By kind, and by number among those of a kind.
    private static IEnumerable<(string Key, TrainerCallback Callback)> KeysOf(IEnumerable<TrainerCallback> callbacks)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var callback in callbacks)
        {
            var kind = callback.GetType().Name;
            var number = seen[kind] = seen.GetValueOrDefault(kind) + 1;
            yield return (FormattableString.Invariant($"callback/{kind}.{number}/"), callback);
        }
    }

    private static string Text(EpochPlan plan) =>
        FormattableString.Invariant($"{plan.Samples} {plan.BatchSize} {plan.Steps} {(plan.Shuffle ? 1 : 0)} {plan.Seed} {plan.AccumulateSteps}");

    private static SafeTensors.Entry Entry(string name, float[] values)
    {
        var memory = AlignedBuffer.OfFloats(values.Length);
        values.CopyTo(memory.Span<float>(0, values.Length));
        return new SafeTensors.Entry(SafeTensors.TrainerPrefix + name, [values.Length], memory, 0, values.Length);
    }

    private readonly record struct TrainerNumbers(
        long OptimizerSteps, float LearningRate, int Epoch, long Step, long Updates, long Skipped, int? FitStart)
    {
        public static TrainerNumbers From(TrainerState state, Optimizer optimizer, string version)
        {
            if (state.Text("version") is var found && found != version)
                throw new FormatException($"its version is {found}, expected {version}.");
            if (state.Text("optimizer") is var kind && kind != optimizer.GetType().Name)
                throw new FormatException($"its optimizer is {kind}, that of the trainer {optimizer.GetType().Name}.");
            var learningRate = (float)state.Number("learning_rate");
            if (!(float.IsFinite(learningRate) && learningRate >= 0))
                throw new FormatException(FormattableString.Invariant($"its learning rate is {learningRate}."));
            return new TrainerNumbers(
                NotNegative("optimizer_steps"), learningRate, (int)NotNegative("epoch"), NotNegative("step"), NotNegative("updates"), NotNegative("skipped"),
                state.Has("fit_start") ? (int)NotNegative("fit_start") : null);

            long NotNegative(string name) => state.Integer(name) is >= 0 and < 1L << 53 and var value
                ? value
                : throw new FormatException($"its '{name}' is {state.Text(name)}, expected a number of steps or epochs.");
        }

        public void Put(TrainerState state, Optimizer optimizer, string version)
        {
            state.Set("version", version);
            state.Set("optimizer", optimizer.GetType().Name);
            state.Set("optimizer_steps", OptimizerSteps);
            state.Set("learning_rate", LearningRate);
            state.Set("epoch", Epoch);
            state.Set("step", Step);
            state.Set("updates", Updates);
            state.Set("skipped", Skipped);
            if (FitStart is { } start)
                state.Set("fit_start", start);
        }
    }
}
