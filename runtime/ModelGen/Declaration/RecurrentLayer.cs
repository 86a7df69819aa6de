namespace ModelGen;

/// <summary>Represents a recurrent layer with one state: <see cref="Nn.Rnn"/>, <see cref="Nn.Gru"/>.</summary>
/// <param name="x">The sequence, f32[N,T,I].</param>
/// <param name="h0">The states before the first step, f32[N,layers·directions,H]; zeros where null.</param>
/// <returns>The outputs of all steps, f32[N,T,directions·H], and the last states, of the shape of <paramref name="h0"/>.</returns>
public delegate (Tensor Output, Tensor Hidden) RecurrentLayer(Tensor x, Tensor? h0 = null);
