namespace ModelGen.Gpu.Tests.Session;

public sealed class GpuSessionTests : SessionFixture
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 8)]
    [InlineData(100, 130)]
    public void Backward_AsIModel_AgreesWithTheHost(int count, int capacity)
    {
        using var batch = TinyModel.MakeBatch(count, capacity);
        var expected = Host.Backward(batch, 7);
        var actual = Session.Backward(batch, 7);
        Assert.Equal(expected, actual, 1e-5f);
        AssertClose(Host.Parameters.Gradients, Session.Parameters.Gradients);
        AssertClose(Host.Parameters.ReadOnlyBuffers, Session.Parameters.ReadOnlyBuffers);
    }

    [Fact]
    public void Predict_AndEvaluate_AgreeWithTheHost()
    {
        using var batch = TinyModel.MakeBatch(70, 70);
        float[] expected = new float[140], predicted = new float[140], evaluated = new float[140];
        var loss = Host.Evaluate(batch, expected);
        Session.Predict(batch, predicted);
        AssertClose(expected, predicted);
        Assert.Equal(loss, Session.Evaluate(batch, evaluated), 1e-5f);
        AssertClose(expected, evaluated);
        Assert.Equal(loss, Session.Evaluate(batch, []), 1e-5f);
    }

    [Fact]
    public void LabelOutOfRange_StopsTheStepBeforeItBegins()
    {
        using var batch = TinyModel.MakeBatch(4, 4);
        var labels = Session.Info.Inputs[1];
        batch.Ints(1)[2] = labels.Classes;
        var expected =
            $"The label of sample 2 in '{labels.Name}' is {labels.Classes}; it must be from 0 to {labels.Classes - 1} ({labels.Classes} "
                + "classes). (Parameter 'labels')";
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => Session.Backward(batch, 0)).Message);
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => Session.Evaluate(batch, [])).Message);
        Session.Predict(batch, new float[8]);
    }

    [Fact]
    public void Parameters_ChangedOnTheHost_AreUploadedByThemselves()
    {
        using var batch = TinyModel.MakeBatch(4, 4);
        float[] before = new float[8], after = new float[8];
        Session.Predict(batch, before);
        Session.Parameters["bias"].Values[0] += 1f;
        Session.Predict(batch, after);
        Assert.Equal(before[0] + 1f, after[0], 1e-5f);
        Assert.Equal(before[1], after[1]);
    }

    [Fact]
    public void Backward_ManyTimes_UploadsOnlyWhatChanged()
    {
        using var batch = TinyModel.MakeBatch(4, 4);
        for (var i = 0; i < 3; i++)
        {
            Host.Backward(batch, 0);
            Session.Backward(batch, 0);
        }

        AssertClose(Host.Parameters.ReadOnlyBuffers, Session.Parameters.ReadOnlyBuffers);
    }

    [Fact]
    public void TrainStep_LeavesTheHostAlone_UntilDownload()
    {
        using var batch = TinyModel.MakeBatch(10, 10);
        using var sgd = new GpuSgd(0.5f);
        var before = Session.Parameters.ReadOnlyValues.ToArray();
        Session.TrainStep(batch, 0, sgd);
        Assert.Equal(before, Session.Model.Parameters.ReadOnlyValues.ToArray());
        Session.Download();
        Assert.NotEqual(before, Session.Model.Parameters.ReadOnlyValues.ToArray());
        Assert.NotEqual(before, Session.Parameters.ReadOnlyValues.ToArray());
        AssertClose(Session.Parameters.Gradients, Gradients(batch, before));
    }

    [Fact]
    public void TrainStep_RefillingTheBatchAtOnce_UsesTheBatchAsItWas()
    {
        using var batch = TinyModel.MakeBatch(10, 10);
        using var sgd = new GpuSgd(0.5f);
        var expected = Host.Backward(batch, 0);
        Session.TrainStep(batch, 0, sgd);
        batch.Floats(0).Fill(float.NaN);
        Assert.Equal(expected, Session.ReadLoss(), 1e-5f);
    }

    [Fact]
    public void TrainStep_Repeated_LearnsWithTheHost()
    {
        using var sgd = new GpuSgd(0.5f);
        for (var step = 0; step < 20; step++)
        {
            using var batch = TinyModel.MakeBatch(8 + step, 40, step);
            var loss = Host.Backward(batch, 0);
            for (var i = 0; i < Host.Info.ParameterFloats; i++)
                Host.Parameters.Values[i] -= 0.5f * Host.Parameters.Gradients[i];
            Session.TrainStep(batch, 0, sgd);
            Assert.Equal(loss, Session.ReadLoss(), 1e-4f);
        }

        Session.Download();
        AssertClose(Host.Parameters.ReadOnlyValues, Session.Model.Parameters.ReadOnlyValues, 1e-4f);
        AssertClose(Host.Parameters.ReadOnlyBuffers, Session.Model.Parameters.ReadOnlyBuffers, 1e-5f);
    }

    [Fact]
    public void TrainStep_AfterAChangeOnTheHost_AsksForDownload()
    {
        using var batch = TinyModel.MakeBatch(4, 4);
        using var sgd = new GpuSgd(0.5f);
        Session.TrainStep(batch, 0, sgd);
        Session.Model.Parameters["bias"].Values[0] = 3f;
        var error = Assert.Throws<InvalidOperationException>(() => Session.TrainStep(batch, 0, sgd));
        Assert.Contains("Download", error.Message);
        Session.Upload();
        Session.TrainStep(batch, 0, sgd);
    }

    [Fact]
    public void Parameters_AfterTrainStep_AreDownloadedByThemselves()
    {
        using var batch = TinyModel.MakeBatch(10, 10);
        using var sgd = new GpuSgd(0.5f);
        var before = Session.Parameters.ReadOnlyValues.ToArray();
        Session.TrainStep(batch, 0, sgd);
        Assert.NotEqual(before, Session.Parameters.ReadOnlyValues.ToArray());
        Session.TrainStep(batch, 0, sgd);
        var second = Session.Model.Parameters.ReadOnlyValues.ToArray();
        Session.Dispose();
        Assert.NotEqual(second, Session.Model.Parameters.ReadOnlyValues.ToArray());
    }

    [Fact]
    public void Predict_FromSeveralThreads_GivesEachItsOwn()
    {
        Parallel.For(0, 16, i =>
        {
            using var batch = TinyModel.MakeBatch(1 + (i % 5), 8, i);
            var expected = new float[batch.Count * 2];
            var actual = new float[batch.Count * 2];
            new TinyModel().Predict(batch, expected);
            Session.Predict(batch, actual);
            AssertClose(expected, actual);
        });
    }

    [Fact]
    public void Arguments_ThatDoNotFit_AreRefused()
    {
        using var batch = new Batch(TinyModel.Facts, 4);
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => Session.Predict(batch, new float[8])).Message);
        batch.Count = 4;
        Assert.Contains("4×2 = 8", Assert.Throws<ArgumentException>(() => Session.Predict(batch, new float[7])).Message);
        using var other = new Batch(new ModelInfo { Name = "Other", Inputs = [], Outputs = [], Parameters = [], ParameterFloats = 0 }, 1) { Count = 1 };
        Assert.Contains("Other", Assert.Throws<ArgumentException>(() => Session.Backward(other, 0)).Message);
    }

    private static float[] Gradients(Batch batch, float[] parameters)
    {
        var model = new TinyModel();
        parameters.CopyTo(model.Parameters.Values);
        model.Backward(batch, 0);
        return model.Parameters.Gradients.ToArray();
    }
}
