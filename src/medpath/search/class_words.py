"""What people call classes of ATC where its own names are others, in English and in Chinese.

By codes, several where a word covers several. The words are common pharmacological usage, written down for MedPath;
the official names in both languages are known beside them. What is one of these stands here only where people mean
another class by it than the one that is called so.
"""

CLASSES = {
    "A02": "acid blockers, antacid medicines, stomach acid reducers, 胃药, 抗酸药",
    "A02BC": "ppi, ppis, acid pump inhibitors, prazoles, 拉唑类",
    "A04": "antiemetics, antiemetic, anti sickness tablets, anti sickness medicines, anti nausea drugs, anti nausea, "
    "antiemetic drugs, 止吐药, 镇吐药",
    "A04AA": "setrons, 5 ht3 antagonists, 5 ht3 receptor antagonists, 5ht3 antagonists, 司琼类",
    "A04AD": "nk1 antagonists, nk1 receptor antagonists, neurokinin 1 antagonists",
    "A05": "bile acid drugs, liver medicines, 肝胆用药, 利胆药",
    "A05AA": "bile acids, 胆汁酸类",
    "A06": "laxatives, laxative, stool softeners, 泻药, 缓泻药, 通便药",
    "A07": "antidiarrhoeals, antidiarrheals, antidiarrhoeal, 止泻药",
    "A08": "weight loss drugs, slimming pills, slimming drugs, diet pills, obesity drugs, anti obesity drugs, "
    "antiobesity drugs, appetite suppressants, 减肥药, 减重药",
    "A09": "digestive enzymes, 消化酶",
    "A10": "antidiabetics, antidiabetic, antidiabetic agents, antidiabetic drugs, diabetes drugs, "
    "diabetes medication, 降糖药, 抗糖尿病药, 糖尿病药",
    "A10A": "insulins, insulin analogues, 胰岛素类",
    "A10AB": "rapid acting insulins, fast acting insulins, short acting insulins, mealtime insulin, 速效胰岛素, "
    "短效胰岛素",
    "A10AE": "long acting insulins, basal insulins, basal insulin, 长效胰岛素, 基础胰岛素",
    "A10B": "oral antidiabetics, blood sugar lowering drugs, sugar tablets, oral diabetes drugs, 口服降糖药",
    "A10BG": "glitazones, 格列酮类",
    "A10BH": "gliptins, gliptin, dpp4 inhibitors, 列汀类, DPP-4抑制剂, DPP4抑制剂",
    "A10BJ": "glp 1 agonists, glp 1 receptor agonists, glp1 agonists, glp1 receptor agonists, glp 1 ras, "
    "incretin mimetics, incretins, glp 1 drugs, GLP-1受体激动剂, GLP-1类药物, GLP-1激动剂",
    "A10BK": "gliflozins, gliflozin, sglt 2 inhibitors, 列净类, SGLT2抑制剂, SGLT-2抑制剂",
    "A16AB": "enzyme replacement therapy, enzyme replacement therapies, enzyme replacement, ert, 酶替代疗法, "
    "酶替代治疗",
    "B01": "antithrombotics, antithrombotic drugs, 抗栓药",
    "B01A": "anticoagulants, anticoagulant, blood thinners, blood thinner, blood thinning drugs, "
    "blood thinning tablets, 抗凝药, 抗凝血药, 抗血栓药物, 抗凝剂",
    "B01AB": "low molecular weight heparins, lmwh, 低分子肝素, 肝素, heparins",
    "B01AC": "antiplatelets, antiplatelet, antiplatelet drugs, antiplatelet agents, platelet inhibitors, 抗血小板药, "
    "抗血小板",
    "B01AD": "clot busters, clot busting drugs, thrombolytics, thrombolytic drugs, fibrinolytics, 溶栓药",
    "B01AE B01AF": "doacs, noacs, doac, noac, new oral anticoagulants, direct oral anticoagulants, 新型口服抗凝药",
    "B01AF": "xabans, xa inhibitors, factor xa inhibitors, 沙班类, Xa因子抑制剂",
    "B02": "haemostatics, hemostatics, clotting agents, bleeding stoppers, 止血药",
    "B02BD": "clotting factors, clotting factor, coagulation factor, coagulation factors, blood clotting factors, "
    "factor concentrates, 凝血因子",
    "B02BX": "thrombopoietin receptor agonists, tpo agonists, tpo receptor agonists, tpo ras",
    "B03": "anaemia drugs, antianaemics, anti anaemia drugs",
    "B03A": "iron tablets, iron supplements, 补铁剂",
    "B03XA": "erythropoiesis stimulating agents, esas, esa, 促红细胞生成素, 促红素, 红细胞生成刺激剂",
    "B06AC": "hereditary angioedema drugs, hae drugs",
    "C01": "heart drugs, cardiac drugs, heart medication, 心脏病药",
    "C01B": "antiarrhythmics, antiarrhythmic, antiarrhythmic drugs, heart rhythm drugs, 抗心律失常药",
    "C02 C03 C07 C08 C09": "blood pressure tablets, blood pressure lowering drugs, antihypertensives, "
    "blood pressure pills, antihypertensive drugs, blood pressure drugs, blood pressure medication, 降压药, 抗高血压药",
    "C02KX": "endothelin receptor antagonists, endothelin antagonists, pulmonary hypertension drugs, pah drugs, "
    "内皮素受体拮抗剂",
    "C03": "water tablets, water pills, 利尿药",
    "C03XA": "vaptans, 普坦类",
    "C03D": "potassium sparing diuretics",
    "C07": "beta blockers, beta blocker, betablockers",
    "C08": "calcium antagonists, calcium channel antagonists, calcium blockers, 钙通道阻滞剂, 钙拮抗剂",
    "C09A C09B": "ace blockers, prils, 普利类",
    "C09C C09D": "sartans, sartan, arbs, arb, angiotensin receptor blockers, angiotensin ii receptor antagonists, "
    "angiotensin antagonists, at1 blockers, 沙坦类, 血管紧张素受体拮抗剂, 血管紧张素II受体拮抗剂",
    "C09XA": "肾素抑制剂",
    "C10": "cholesterol lowering drugs, lipid lowering drugs, cholesterol drugs, cholesterol tablets, "
    "lipid lowering agents, cholesterol medication, 降脂药, 降血脂药, 调脂药",
    "C10AA C10BA C10BX": "statins, statin, hmg coa reductase inhibitors, 他汀类, 他汀",
    "C10AX13 C10AX14": "pcsk9 inhibitors, pcsk9 antibodies, PCSK9抑制剂",
    "D": "skin drugs, dermatological drugs, skin medicines, 皮肤科用药, 皮肤用药",
    "D03": "wound healing products, wound dressings",
    "D10": "acne drugs, 抗痤疮药",
    "G03": "sex hormones, 性激素",
    "G03A": "the pill, birth control pills, contraceptive pills, oral contraceptives, hormonal contraceptives, "
    "避孕药, 激素避孕药",
    "G03AD": "emergency contraception pill, 紧急避孕药, 事后避孕药",
    "G03B": "male hormones, 雄激素",
    "G03C": "female hormones, hormone replacement therapy, hrt, 雌激素, 激素替代疗法",
    "G03G": "fertility drugs, ovulation stimulants, ivf drugs, fertility hormones, fertility medicines, 促排卵药, "
    "促性腺激素",
    "G03XC": "serms",
    "G04": "bladder drugs, urological drugs, 泌尿科用药",
    "G04BD": "overactive bladder drugs, incontinence drugs, bladder relaxants",
    "G04BE": "erectile dysfunction drugs, impotence drugs, potency pills, pde5 inhibitors, erection pills, "
    "pde 5 inhibitors, phosphodiesterase 5 inhibitors, 壮阳药, 勃起功能障碍药, PDE5抑制剂",
    "G04C": "prostate drugs, prostate tablets, 前列腺增生药",
    "H01AC": "生长激素",
    "H01CB": "somatostatin analogues, somatostatin analogs, 生长抑素类似物",
    "H01CC": "gnrh antagonists, 促性腺激素释放激素拮抗剂",
    "H02": "systemic steroids, systemic corticosteroids, steroid tablets, 全身用皮质激素, 糖皮质激素",
    "H02AB": "glucocorticosteroids",
    "H03": "thyroid drugs, thyroid tablets, 甲状腺药",
    "H05A": "pth analogues, 甲状旁腺激素",
    "H05BX": "calcimimetics, 拟钙剂",
    "J01": "antibiotics, antibiotic, antibacterials, antibacterial, antibacterial drugs, 抗生素, 抗菌药, 抗菌素, "
    "抗菌药物",
    "J01A": "tetracycline antibiotics",
    "J01D": "cephalosporins, cephalosporin, 头孢菌素, 头孢类, 头孢",
    "J01DH": "碳青霉烯",
    "J01F": "macrolide antibiotics",
    "J01G": "aminoglycosides, aminoglycoside, 氨基糖苷类",
    "J01M": "quinolones, quinolone, 喹诺酮类, 沙星类",
    "J01XA": "glycopeptides",
    "J02": "antifungals, antifungal, antifungal drugs, antimycotics, azoles, 抗真菌药, 抗真菌药物",
    "J02AC": "triazoles, azole antifungals, conazoles, 三唑类",
    "J02AX": "echinocandins, fungins, 棘白菌素类",
    "J04": "tb drugs, tuberculosis drugs, antituberculosis drugs, antituberculars, 抗结核药, 结核药",
    "J05": "antiviral drugs, antiviral medicines, 抗病毒药, 抗病毒药物, antivirals, antiviral",
    "J05AE": "hiv protease inhibitors, 蛋白酶抑制剂",
    "J05AF": "nrtis, nrti, nucleoside analogues, nucleoside reverse transcriptase inhibitors, 核苷类似物, "
    "核苷类逆转录酶抑制剂",
    "J05AG": "nnrtis, nnrti, 非核苷类逆转录酶抑制剂",
    "J05AH": "flu antivirals, influenza antivirals, neuraminidase blockers, 抗流感药, 神经氨酸酶抑制剂",
    "J05AJ": "instis, integrase strand transfer inhibitors, tegravirs, 整合酶抑制剂",
    "J05AP": "hepatitis c antivirals, hepatitis c drugs, hcv drugs, hcv antivirals, daas, 丙肝药, 丙肝抗病毒药",
    "J05AE J05AF J05AG J05AJ J05AR": "antiretrovirals, antiretroviral, antiretroviral drugs, hiv drugs, aids drugs, "
    "arvs, hiv medicines, hiv medication, 抗逆转录病毒药, 抗艾滋病药, 艾滋病药物, 抗HIV药",
    "J06": "antisera, sera and immunoglobulins, 免疫血清",
    "J06B": "immune globulins, gamma globulins, ivig, immune globulin, 免疫球蛋白",
    "J07": "human vaccines, 人用疫苗",
    "J07 QI": "疫苗",
    "J07A": "细菌疫苗",
    "J07AH": "meningitis vaccines, meningococcus vaccines, 脑膜炎球菌疫苗, 脑膜炎疫苗",
    "J07AL": "pneumococcus vaccines, pneumonia vaccines, 肺炎球菌疫苗, 肺炎疫苗",
    "J07BB": "flu vaccines, flu vaccine, flu jabs, flu jab, flu shots, flu shot, 流感疫苗",
    "J07BC": "hepatitis b vaccines, 肝炎疫苗, 乙肝疫苗",
    "J07BD": "mmr, mmr vaccine, mmr vaccines, 麻疹疫苗, 麻腮风疫苗",
    "J07BH": "轮状病毒疫苗",
    "J07BK": "shingles vaccines, shingles vaccine, 带状疱疹疫苗, 水痘疫苗",
    "J07BM": "hpv vaccines, hpv vaccine, cervical cancer vaccines, cervical cancer vaccine, "
    "human papillomavirus vaccines, papilloma vaccines, HPV疫苗, 宫颈癌疫苗",
    "J07BN": "covid vaccines, covid vaccine, corona vaccines, coronavirus vaccines, covid jabs, covid jab, 新冠疫苗, "
    "新冠病毒疫苗",
    "J07CA": "combination vaccines, combined vaccines, hexavalent vaccines, six in one vaccines, 联合疫苗",
    "L01": "cytostatics, anticancer drugs, anti cancer drugs, cancer drugs, antineoplastics, anticancer agents, "
    "anticancer, chemotherapy, chemotherapy drugs, chemo, cancer medicines, anticancer medicines, cancer treatments, "
    "oncology drugs, 抗癌药, 抗肿瘤药物, 化疗药, 化疗药物, 肿瘤药",
    "L01A": "alkylators, alkylating drugs, 烷化剂",
    "L01B": "抗代谢类",
    "L01BA": "antifolates, folate analogues, folate antagonists",
    "L01CD": "紫杉醇类, 紫杉类",
    "L01CE": "topoisomerase inhibitors, 拓扑异构酶抑制剂",
    "L01D": "cytotoxic antibiotic",
    "L01DB": "anthracyclines, anthracycline, rubicins, 蒽环类",
    "L01E L01XE": "tyrosine kinase inhibitors, tyrosine kinase inhibitor, tkis, tki, tinibs, kinase inhibitors, "
    "激酶抑制剂, 酪氨酸激酶抑制剂, 替尼类, 蛋白激酶抑制剂",
    "L01EA": "bcr abl inhibitors, bcr abl tkis, BCR-ABL抑制剂",
    "L01EB": "egfr inhibitors, egfr tkis, egfr tyrosine kinase inhibitors, EGFR抑制剂",
    "L01EC": "braf inhibitors, raf inhibitors, BRAF抑制剂",
    "L01ED": "alk inhibitors, ALK抑制剂",
    "L01EE": "mek inhibitors, MEK抑制剂",
    "L01EF": "cdk inhibitors, cdk4/6 inhibitors, cdk 4/6 inhibitors, ciclibs, cyclin inhibitors, CDK4/6抑制剂, "
    "CDK抑制剂",
    "L01EK": "vegfr inhibitors, vegfr tkis",
    "L01EL": "btk inhibitors, bruton kinase inhibitors, BTK抑制剂",
    "L01EM": "pi3k inhibitors, pi3 kinase inhibitors, PI3K抑制剂",
    "L01EN": "fgfr inhibitors, FGFR抑制剂",
    "L01FA": "anti cd20 antibodies, anti cd20, cd20 antibodies, cd20 antibody, CD20抑制剂, 抗CD20抗体, CD20单抗",
    "L01FC": "anti cd38 antibodies, anti cd38, cd38 antibodies, CD38单抗",
    "L01FD": "her2 antibodies, her2 antibody, anti her2, anti her2 antibodies, her2 blockers, HER2抑制剂, HER2单抗, "
    "抗HER2",
    "L01FE": "egfr antibodies, anti egfr antibodies",
    "L01FF": "checkpoint inhibitors, immune checkpoint inhibitors, pd 1 inhibitors, pd l1 inhibitors, pd1 inhibitors, "
    "pdl1 inhibitors, pd 1 antibodies, pd 1 blockers, anti pd 1, anti pd l1, anti pd1, 免疫检查点抑制剂, "
    "检查点抑制剂, PD-1抑制剂, PD-L1抑制剂, PD-1单抗, PD1抑制剂",
    "L01FG": "vegf inhibitors, anti vegf antibodies, vegf blockers, VEGF抑制剂",
    "L01XA": "platinum drugs, platins, platinum chemotherapy, 铂类, 铂类化合物",
    "L01XG": "proteasome blockers, zomibs, 蛋白酶体抑制剂",
    "L01XH": "hdac inhibitors, histone deacetylase inhibitors, HDAC抑制剂",
    "L01XK": "parp inhibitors, parp blockers, poly adp ribose polymerase inhibitors, PARP抑制剂",
    "L01XL": "cancer gene therapy, antineoplastic cell therapy",
    "L01XM": "idh inhibitors, IDH抑制剂",
    "L02": "hormone therapy for cancer, endocrine cancer therapy, 内分泌治疗药, 激素治疗药",
    "L02BA": "oestrogen blockers, estrogen blockers, 抗雌激素药, 抗雌激素类",
    "L02BB": "androgen receptor inhibitors, lutamides, testosterone blockers, androgen blockers, 抗雄激素药, "
    "抗雄激素类, 雄激素受体抑制剂",
    "L02BG": "芳香化酶抑制剂",
    "L03": "immune stimulants, immune boosters, 免疫增强剂, 免疫刺激剂",
    "L03AA": "g csf, gcsf, g csfs, granulocyte colony stimulating factors, granulocyte colony stimulating factor, "
    "grastims, white cell boosters, 粒细胞集落刺激因子, 升白药, 升白针",
    "L03AB": "干扰素",
    "L04": "immunosuppressives, immune suppressants, immunosuppressive drugs, immune suppressing drugs, "
    "anti rejection drugs, 免疫抑制药, 抗排斥药, 抗排异药",
    "L04AB": "tnf inhibitors, tnf blockers, anti tnf, anti tnfs, tnf alpha blockers, tnf antagonists, anti tnf drugs, "
    "tnf alpha inhibitors, tumour necrosis factor inhibitors, tumor necrosis factor blockers, anti tnf alpha, "
    "TNF抑制剂, TNF-α抑制剂, 肿瘤坏死因子抑制剂",
    "L04AC": "il inhibitors, interleukin blockers, interleukin antagonists, anti interleukins, "
    "interleukin antibodies, 白细胞介素抑制剂",
    "L04AD": "calcineurin blockers, 钙调磷酸酶抑制剂",
    "L04AE": "s1p modulators, s1p receptor modulators, S1P受体调节剂",
    "L04AF L01EJ": "jak inhibitors, jakinibs, janus kinase inhibitors, jak inhibitor, JAK抑制剂",
    "L04AH": "mtor inhibitors, mTOR抑制剂",
    "L04AJ": "complement blockers, c5 inhibitors, 补体抑制剂",
    "L04AL": "fcrn blockers, fcrn inhibitors, fcrn antagonists, FcRn抑制剂, FcRn拮抗剂",
    "M01": "antirheumatics, anti inflammatories, anti inflammatory drugs, antirheumatic drugs, 抗风湿药, 抗炎药",
    "M01A": "nsaid, nsaids, non steroidal anti inflammatory drugs, non steroidal anti inflammatories, 非甾体抗炎药, "
    "非甾体类抗炎药",
    "M01AH": "cox 2 inhibitors, cox2 inhibitors, cox 2 blockers, COX-2抑制剂",
    "M03": "muscle relaxers, 肌松药, 肌肉松弛剂",
    "M04": "gout drugs, gout tablets, antigout drugs, gout medication, uric acid lowering drugs, "
    "urate lowering drugs, 痛风药, 降尿酸药",
    "M05": "bone drugs, osteoporosis drugs, bone medicines, bone strengthening drugs, 骨质疏松药, 抗骨质疏松药",
    "M05BA M05BB": "bisphosphonates, biphosphonates, dronates, dronic acids, 双膦酸盐, 双磷酸盐, 双膦酸盐类, "
    "双磷酸盐类",
    "N": "neurological drugs, nervous system drugs, 神经系统用药",
    "N01": "anaesthetic drugs, 麻醉药",
    "N01A": "general anaesthetics, 全身麻醉药, 全麻药",
    "N01B": "numbing injections, 局麻药, local anaesthetics, local anaesthetic, 局部麻醉药",
    "N02": "painkillers, pain killers, analgesic drugs, pain medication, pain drugs, pain relievers, painkiller, "
    "止痛药, 镇痛药, 镇痛剂",
    "N02A": "opiates, strong painkillers, opioid painkillers, opioid analgesics, 阿片类药物, 阿片类镇痛药",
    "N02BF": "加巴喷丁类",
    "N02C": "migraine drugs, migraine medicines, antimigraine drugs, antimigraine, migraine medication, 偏头痛药",
    "N02CC": "triptan, 曲普坦类, 曲坦类",
    "N02CD": "cgrp inhibitors, cgrp blockers, anti cgrp, cgrp antibodies, cgrp drugs, gepants, CGRP抑制剂, CGRP拮抗剂",
    "N03": "anticonvulsants, anticonvulsant, anti epileptics, antiseizure medicines, antiseizure drugs, "
    "epilepsy drugs, anti epileptic drugs, antiepileptic drugs, epilepsy medication, seizure drugs, 抗癫痫药物, "
    "抗惊厥药, 癫痫药",
    "N04": "parkinson drugs, parkinson's drugs, antiparkinsonians, antiparkinson, parkinson medication, 抗帕金森药, "
    "抗帕金森病药, 帕金森药",
    "N04BC": "多巴胺受体激动剂",
    "N04BD": "mao b inhibitors, maois, mao b blockers, MAO-B抑制剂, 单胺氧化酶抑制剂, mao inhibitors",
    "N04BX": "comt inhibitors",
    "N05A": "neuroleptics, neuroleptic, antipsychotic drugs, schizophrenia drugs, 抗精神病药, 抗精神病药物",
    "N05B": "tranquillisers, tranquilizers, anti anxiety drugs, 抗焦虑药",
    "N05C": "sleeping pills, sleeping tablets, hypnotics, sedatives, hypnotic, sedative, sleep aids, "
    "sleep medication, insomnia drugs, 安眠药, 镇静药, 镇静催眠药, 催眠药",
    "N05CJ": "orexin antagonists, orexin blockers, 食欲素受体拮抗剂",
    "N05CH": "melatonin agonists, 褪黑素",
    "N06A": "antidepressant, antidepressant drugs, depression drugs, depression pills, 抗抑郁药, 抗抑郁药物",
    "N06B": "stimulants, adhd drugs, psychostimulants, adhd medication, wakefulness drugs, 兴奋剂",
    "N06D": "alzheimer drugs, alzheimer's drugs, dementia drugs, anti dementia, alzheimer medication, 老年痴呆药, "
    "阿尔茨海默病药",
    "N06DA": "cholinesterase inhibitors, acetylcholinesterase inhibitors, 胆碱酯酶抑制剂",
    "N07B": "addiction drugs, addiction medicines, drugs for addiction, 戒瘾药",
    "N07BA": "smoking cessation drugs, stop smoking drugs, stop smoking pills, quit smoking pills, 戒烟药",
    "N07BB": "alcohol dependence drugs, 戒酒药",
    "N07BC": "opioid substitution, opioid substitutes, heroin substitutes, 阿片替代药物",
    "P01B": "malaria drugs, antimalarial drugs, malaria tablets, malaria pills, 抗疟疾药, 疟疾药",
    "P02": "worm medicines, dewormers, worming tablets, deworming drugs, 驱虫药",
    "QP": "antiparasitic drugs, parasite treatments, 抗寄生虫药",
    "QP53": "flea treatments, tick treatments, flea and tick treatments, ectoparasiticides, flea tablets, "
    "flea collars, 体外抗寄生虫药",
    "R": "respiratory drugs, respiratory medicines, 呼吸系统用药",
    "R01": "nasal sprays, nose sprays, nasal spray, 鼻喷剂, 鼻用制剂",
    "R03": "asthma inhalers, inhalers, bronchodilators, asthma drugs, copd drugs, asthma medication, inhaler, "
    "bronchodilator, 支气管扩张剂, 支气管扩张药, 平喘药, 哮喘药, 吸入剂",
    "R03BB": "lamas, long acting muscarinic antagonists, inhaled anticholinergics, muscarinic antagonists",
    "R03AC": "labas, beta 2 agonists, beta agonists, long acting beta agonists, β2受体激动剂",
    "R03AK": "ics laba, laba ics",
    "R05": "cough medicines, cough syrups, cough remedies, cough drugs, 止咳药, 感冒药, 镇咳药",
    "R06": "antihistamines, antihistamine, allergy tablets, allergy pills, antiallergics, 抗组胺药, 抗过敏药",
    "S01": "eye drops, eye medicines, eye drugs, ophthalmics, eye medication, ophthalmological drugs, 眼药, 眼药水, "
    "滴眼液, 眼科药",
    "S01E": "glaucoma drops, glaucoma drugs, glaucoma eye drops, antiglaucoma drugs, 抗青光眼药, 青光眼药",
    "S01EE": "prostaglandin eye drops",
    "S01LA": "anti vegf eye injections, anti vegf injections, anti vegf, intravitreal anti vegf, "
    "ocular vegf inhibitors, eye injections, 抗VEGF药, 抗VEGF",
    "V03AB": "reversal agents, antivenoms, 解毒剂",
    "V03AC": "iron chelators, chelation therapy, iron chelator, 去铁剂",
    "V03AE": "phosphate binders, potassium binders, phosphate binder, 磷结合剂, 降磷药",
    "V04": "diagnostics, diagnostic tests, 诊断药",
    "V08": "contrast agents, contrast medium, contrast agent, contrast dyes, imaging dyes, 造影剂, 对比剂",
    "V08C": "mri contrast agents, mri contrast, gadolinium contrast, mri dyes, 磁共振造影剂, 钆造影剂",
    "V08D": "ultrasound contrast agents, ultrasound contrast, 超声对比剂",
    "V09": "diagnostic tracers, pet tracers, tracers, radioactive tracers, radiodiagnostics, 诊断用放射药, 示踪剂",
    "V10": "radioligand therapy, radionuclide therapy, radiotherapeutics, 放射性治疗药物, 治疗用放射药",
    "V09 V10": "radiopharmaceuticals, radiopharmaceutical, radioactive medicines, nuclear medicines, 放射性药物, "
    "放射性药品, 放射药",
    "J": "antiinfectives, anti infectives, 抗感染药",
}
