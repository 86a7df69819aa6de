namespace ModelGen.Ilgpu.Tests.Ptx;

public sealed class PtxTrapsTests
{
    [Theory]
    [InlineData(".extern .func (.param .b32 r) __nv_cbrtf (.param .b32 a);", "calls the function __nv_cbrtf, which nothing defines")]
    [InlineData(
        "\tmov.b32 %r1, %tid.x;\n\tadd.s32 %r2, %r1, 1;\n\tsetp.lt.s32 %p1, %r2, 5;\n\t@%p1 bra.uni L_3;",
        "branches on a value of the thread as if all threads agreed: @%p1 bra.uni L_3;")]
    [InlineData(
        "\tld.global.v2.f32 {%f1, %f2}, [%rd1];\n\tsetp.lt.f32 %p1, %f2, 0f00000000;\n\t@!%p1 bra.uni L_3;",
        "branches on a value of the thread as if all threads agreed: @!%p1 bra.uni L_3;")]
    [InlineData("\t.local .align 4 .b8 a[32];", "keeps an array in local memory, which is as slow as global memory: .local .align 4 .b8 a[32];")]
    [InlineData("\tld.f32 %f1, [%rd2];", "loads or stores without naming the address space: ld.f32 %f1, [%rd2];")]
    [InlineData("\tst.v4.f32 [%rd2], {%f1, %f2, %f3, %f4};", "loads or stores without naming the address space: st.v4.f32 [%rd2], {%f1, %f2, %f3, %f4};")]
    [InlineData("\ttanh.approx.f32 %f1, %f2;", "uses tanh.approx, good to 2^-11")]
    [InlineData("\tadd.f64 %fd1, %fd2, %fd3;", "computes in double precision")]
    public void Find_OfATrap_NamesIt(string line, string trap) => Assert.Equal([trap], PtxTraps.Find(line + "\n"));

    [Fact]
    public void Find_OfAGoodKernel_IsEmpty() => Assert.Empty(PtxTraps.Find("""
            ld.param.b64 %rd1, [k_param_0];
            ld.global.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1];
            st.shared.f32 [%r1], %f1;
            mov.b32 %r2, %tid.x;
            setp.lt.s32 %p1, %r2, 5;
            @%p1 bra L_3;
            ld.param.b32 %r3, [k_param_1];
            setp.le.s32 %p2, %r3, 0;
            @%p2 bra.uni L_3;
            bra.uni L_4;
        """));

    [Fact]
    public void Find_WhereARegisterServesTwoBranches_LooksAtTheOneTaken() => Assert.Empty(PtxTraps.Find("""
            ld.param.b32 %r9, [k_param_1];
            setp.le.s32 %p9, %r9, 0;
            @%p9 bra.uni L_5;
            mov.b32 %r2, %tid.x;
            bra.uni L_6;
        L_5:
            mov.b32 %r2, %r9;
            setp.lt.s32 %p1, %r2, 5;
            @%p1 bra.uni L_6;
        L_6:
            ret;
        """));
}
